/** Runs every bench, or those whose names are given, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { beside } from './measure.ts';

const helpers = new Set(['run.ts', 'measure.ts', 'fixtures.ts', 'hand-written.ts']);
const wanted = process.argv.slice(2);
const benches = readdirSync(beside('.')).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !helpers.has(name),
);

for (const name of benches.sort()) {
  if (wanted.length > 0 && !wanted.includes(name.replace(/\.ts$/, ''))) continue;
  console.log(`\nbench/${name}`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, beside(name)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
