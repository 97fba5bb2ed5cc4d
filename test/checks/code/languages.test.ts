import { expect, test } from 'vitest';
import { type CodeLanguage, code } from '../../../src/checks/index.ts';
import { runCheck } from '../../../src/testing/index.ts';

test.each<[CodeLanguage, string]>([
  ['javascript', 'JavaScript'],
  ['typescript', 'TypeScript'],
  ['python', 'Python'],
  ['json', 'JSON'],
  ['jsonc', 'JSON with comments'],
  ['yaml', 'YAML'],
  ['html', 'HTML'],
  ['css', 'CSS'],
  ['go', 'Go'],
  ['rust', 'Rust'],
  ['java', 'Java'],
  ['cpp', 'C++'],
  ['php', 'PHP'],
  ['xml', 'XML'],
  ['markdown', 'Markdown'],
])('%s is called %s', async (language, title) => {
  const verdict = await runCheck(code({ language, path: 'code' }), '{"code":5}');
  expect(verdict).toMatchObject({ issues: [{ message: `Put the ${title} code there, as a string.` }] });
});

test('a label of a fence in place of a language is told from one', () => {
  const meant: Readonly<Record<string, CodeLanguage>> = {
    ...{ js: 'javascript', jsx: 'javascript', mjs: 'javascript', cjs: 'javascript', node: 'javascript' },
    ...{ ts: 'typescript', tsx: 'typescript', mts: 'typescript', cts: 'typescript', py: 'python', python3: 'python' },
    ...{ json5: 'jsonc', yml: 'yaml', htm: 'html', xhtml: 'html', golang: 'go', rs: 'rust', 'C++': 'cpp', cc: 'cpp' },
    ...{ cxx: 'cpp', hpp: 'cpp', svg: 'xml', md: 'markdown', TypeScript: 'typescript' },
  };
  for (const [label, language] of Object.entries(meant))
    expect(() => code({ language: label as CodeLanguage })).toThrow(`is none. Did you mean "${language}"?`);
  expect(() => code({ language: 'SQL' as CodeLanguage })).toThrow('SQL has a check of its own');
  expect(() => code({ language: 'cobol' as CodeLanguage })).toThrow(/"cobol" is none\.$/);
});

test.each<[CodeLanguage, label: string, right: string, broken: string]>([
  ['javascript', 'jsx', 'const a = 5', 'const = 5'],
  ['typescript', 'ts', 'type A = 5', 'type A = ;'],
  ['python', 'py', 'def f(): pass', 'def f(:'],
  ['json', 'json', '{"a":1}', '{"a":}'],
  ['jsonc', 'json5', '{"a":1,}', '{"a":}'],
  ['yaml', 'yml', 'a: [1]', 'a: [1'],
  ['html', 'htm', '<p></p>', '<p></b>'],
  ['css', 'css', 'a { b: c }', 'a { b: c'],
  ['go', 'golang', 'func f() {}', 'func f( {}'],
  ['rust', 'rs', 'fn f() {}', 'fn f( {}'],
  ['java', 'java', 'class A {}', 'class A {'],
  ['cpp', 'cxx', 'int f() {}', 'int f( {}'],
  ['php', 'php', '<?php f();', '<?php f(;'],
  ['xml', 'svg', '<svg/>', '<svg><a></svg>'],
])('%s is judged in a fence with the label %s', async (language, label, right, broken) => {
  const judge = code({ language });
  const said = (text: string) => runCheck(judge, `Here: a {\n\n\`\`\`${label}\n${text}\n\`\`\`\n`);
  expect([(await said(right)).type, (await said(broken)).type]).toEqual(['pass', 'fail']);
});
