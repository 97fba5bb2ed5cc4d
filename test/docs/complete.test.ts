import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as checks from '../../src/checks/index.ts';
import * as errors from '../../src/errors/index.ts';
import { docstringExamples, documents, root } from './markdown.ts';
import { entries } from './prelude.ts';

const read = (path: string) => readFileSync(root + path, 'utf8');

test('docs/options.md names every option', () => {
  expect(missing(members('src/options/settings.ts', 'StagedRetryOptions'), read('docs/options.md'))).toEqual([]);
});

test('docs/options.md names every option of a call', () => {
  expect(missing(members('src/options/call-options.ts', 'StagedRetryCallOptions'), read('docs/options.md'))).toEqual(
    [],
  );
});

test('docs/options.md names every event', () => {
  const names = [...read('src/events.ts').matchAll(/^ {2}'([a-z-]+)': RunEvent/gm)].map(([, name = '']) => name);
  expect(names).toContain('attempt-end');
  expect(missing(names, read('docs/options.md'))).toEqual([]);
});

test('docs/options.md names every error', () => {
  expect(missing(Object.keys(errors), read('docs/options.md'))).toEqual([]);
});

test('the documents name every check', () => {
  const documented = documents().map(read).join('\n');
  const names = Object.entries(checks).map(([name, value]) => (typeof value === 'function' ? `${name}(` : name));
  expect(names.filter((name) => !documented.includes(name))).toEqual([]);
});

const reports = globSync('api/*.api.md', { cwd: root }).sort();

test.each(reports)('every name of %s has a docstring', (report) => {
  const undocumented = read(report).matchAll(/@public.*\(undocumented\)\nexport (?:declare )?\w+ (\w+)/g);
  expect([...undocumented].map(([, name]) => name)).toEqual([]);
});

test('every value that can be imported has an example', async () => {
  const sources = new Map(docstringExamples().map(({ document }) => [document, read(document)]));
  for (const [entry, file] of entries()) {
    const names = Object.keys(await import(root + file)).filter((name) => name !== 'default');
    const without = names.filter((name) => ![...sources.values()].some((source) => hasExample(source, name)));
    expect(without, entry).toEqual([]);
  }
});

/** Whether the docstring right before the declaration has one. */
function hasExample(source: string, name: string): boolean {
  const [docstring] =
    new RegExp(`/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\nexport (?:async )?(?:function|const|class) ${name}\\b`).exec(
      source,
    ) ?? [];
  return docstring?.includes('@example') ?? false;
}

/** The members of an interface, as its source has them. */
function members(path: string, name: string): readonly string[] {
  const [, body = ''] = new RegExp(`interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(read(path)) ?? [];
  const names = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, member = '']) => member);
  expect(names).not.toEqual([]);
  return names;
}

function missing(names: readonly string[], text: string): readonly string[] {
  return names.filter((name) => !text.includes(`\`${name}\``));
}
