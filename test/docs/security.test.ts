import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attacks } from '../attack/attacks.ts';
import { root } from './markdown.ts';

const security = readFileSync(`${root}docs/security.md`, 'utf8');
const defences = /## What is defended\n([\s\S]*?)\n## /.exec(security)?.[1] ?? '';
const rows = defences
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()));

test.each(rows.map(([, what = '', , shown = '']) => [what, shown]))('%s is shown by what there is', (_, shown) => {
  const proofs = proofsIn(shown);
  expect(proofs).not.toEqual([]);
  expect(proofs.filter((proof) => !isThere(proof))).toEqual([]);
});

test('every attack shows a defence, or is the whole under load', () => {
  const named = rows.flatMap(([, , , shown = '']) => proofsIn(shown));
  expect(Object.keys(attacks).filter((name) => !named.includes(name))).toEqual(['soak']);
});

/** The files and attacks of a cell; a file without its folder stands in that of the one before it. */
function proofsIn(cell: string): string[] {
  let folder = '';
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
    if (name.startsWith('test/')) folder = name.slice(0, name.lastIndexOf('/'));
    return name.endsWith('.ts') && !name.startsWith('test/') ? `${folder}/${name}` : name;
  });
}

function isThere(proof: string): boolean {
  return proof.startsWith('test/') ? existsSync(root + proof) : Object.hasOwn(attacks, proof);
}
