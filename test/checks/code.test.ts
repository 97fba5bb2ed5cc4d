import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import treeSitter from '@vscode/tree-sitter-wasm';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CodeLanguage, code } from '../../src/checks/index.ts';
import { CheckCrashedError, PackageMissingError } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { errorOf } from '../fixtures.ts';
import { keywords, programs } from './code/programs.ts';

const languages = Object.keys(programs) as CodeLanguage[];

describe.each(languages)('code in %s', (language) => {
  const program = programs[language];
  const judge = code({ language });
  const passes = async (text: string) => (await runCheck(judge, text)).type === 'pass';

  test('passes a right program, alone and in a fence', async () => {
    expect(await runCheck(judge, program)).toEqual({ type: 'pass' });
    const fence = language === 'markdown' ? '````' : '```';
    expect(await runCheck(judge, `Here it is:\n\n${fence}${language}\n${program}${fence}\n\nIt adds.`)).toEqual({
      type: 'pass',
    });
  });

  test('finds every bracket and quote that is deleted', async () => {
    const places = [...program.matchAll(language === 'html' || language === 'xml' ? /<\/?\w+|["']/g : /[()[\]{}"'`]/g)];
    const missed: string[] = [];
    for (const { index, 0: token } of places) {
      const broken = program.slice(0, index) + program.slice(index + token.length);
      if (isStillRight(language, program, index, token)) continue;
      if (await passes(broken)) missed.push(`${token} at ${index}`);
    }
    expect(places.length).toBeGreaterThan(5);
    expect(missed).toEqual([]);
  });

  test.skipIf(keywords[language] === undefined)('finds every keyword that is deleted', async () => {
    const missed: string[] = [];
    for (const keyword of keywords[language] ?? []) {
      const [match] = program.matchAll(new RegExp(`\\b${keyword}\\b`, 'g'));
      expect(match, keyword).toBeDefined();
      const { index = 0 } = match ?? {};
      if (await passes(program.slice(0, index) + program.slice(index + keyword.length))) missed.push(keyword);
    }
    expect(missed).toEqual([]);
  });

  test('finds a bracket that is inserted', async () => {
    if (language === 'html' || language === 'xml' || language === 'markdown') return;
    const gaps = [...program.matchAll(/[;,{]\n/g)].map(({ index }) => index + 1);
    const missed: string[] = [];
    for (const index of gaps) {
      for (const bracket of ')]}') {
        if (await passes(`${program.slice(0, index)}${bracket}${program.slice(index)}`))
          missed.push(`${bracket} at ${index}`);
      }
    }
    expect(missed).toEqual([]);
  });

  test.each([
    ['ten megabytes', 'a '.repeat(5_000_000)],
    ['ten thousand levels', '['.repeat(10_000)],
    ['ten thousand levels that close', `${'('.repeat(10_000)}${')'.repeat(10_000)}`],
    ['many openings', '{('.repeat(50_000)],
    ['many tags', '<a>'.repeat(20_000)],
    ['many fences', '```\n'.repeat(20_000)],
    ['many quotes', '"\''.repeat(50_000)],
    ['many backslashes', '\\'.repeat(100_000)],
  ])('comes to an end on %s', async (_, text) => {
    expect(['pass', 'fail']).toContain((await runCheck(judge, text)).type);
  });
});

/** Some tokens can go, and what is left says something else that is right. */
function isStillRight(language: CodeLanguage, program: string, index: number, token: string): boolean {
  if (language === 'markdown') return token === '`';
  if (language === 'yaml') return /[ {]$/.test(program.slice(0, index)); // a plain string may hold quotes
  if (language === 'xml') return program.slice(index).startsWith("<entry name='two");
  if (language === 'html') return /^<\/?(?:html|head|body|li|img)$/.test(token);
  return false;
}

describe('code', () => {
  test('says where, shows what stands there and what is wrong, and names the place in a JSON answer', async () => {
    const answer = JSON.stringify({ files: [{ content: 'def add(a, b)\n    return a + b' }] });
    expect(await runCheck(code({ language: 'python', path: 'files.0.content' }), answer)).toEqual({
      type: 'fail',
      issues: [
        {
          message: 'Correct the Python at line 1, column 14, near `def add(a, b)`: Expected `:`, found newline.',
          path: ['files', 0, 'content'],
          check: 'code',
          kind: 'syntax',
        },
      ],
    });
  });

  test('judges the code at each place of a list, and no more than can be parsed in time', async () => {
    const files = (...contents: unknown[]) => JSON.stringify({ files: contents.map((content) => ({ content })) });
    const judge = code({ language: 'json', path: 'files.*.content' });
    expect(await runCheck(judge, files('{}', '[1]'))).toEqual({ type: 'pass' });
    expect(await runCheck(judge, files('{}', '[1', 3, '{'))).toMatchObject({
      issues: [{ path: ['files', 1, 'content'] }, { path: ['files', 2, 'content'] }, { path: ['files', 3, 'content'] }],
    });
    expect(await runCheck(judge, files(...Array.from({ length: 100 }, () => '{}')))).toEqual({ type: 'pass' });
    expect(await runCheck(judge, files(...Array.from({ length: 101 }, () => '{}')))).toMatchObject({
      issues: [{ message: 'Put at most 100 texts at files.*.content; there are 101.' }],
    });
  });

  test('asks for code where there is none', async () => {
    expect(await runCheck(code({ language: 'go' }), ' ')).toMatchObject({ issues: [{ kind: 'empty' }] });
    expect(await runCheck(code({ language: 'yaml' }), 'Sorry, I cannot do that.')).toMatchObject({ type: 'fail' });
    expect(await runCheck(code({ language: 'go', path: 'code' }), '{"other": 1}')).toMatchObject({
      issues: [{ path: ['code'], message: 'Put the Go code there, as a string.' }],
    });
  });

  test('judges each block of its language and leaves the others alone', async () => {
    const text = 'First:\n```js\nconst a = 1;\n```\nthen\n```js\nconst b = ;\n```\nand\n```python\ndef (\n```\n';
    const verdict = await runCheck(code({ language: 'javascript' }), text);
    expect(verdict).toMatchObject({ issues: [{ message: expect.stringContaining('of code block 2') }] });
  });

  test('takes a fence in a program for a part of the program', async () => {
    const program = 'def f():\n    """Doc.\n\n    ```python\n    >>> f(\n    ```\n    """\n    return 1\n';
    expect(await runCheck(code({ language: 'python' }), program)).toEqual({ type: 'pass' });
  });

  test('says what to install when the parser is missing', async () => {
    const judge = code({ language: 'yaml', parser: () => import('yaml') });
    expect(await runCheck(judge, 'a: 1')).toEqual({ type: 'pass' });
    const missing = code({ language: 'css' });
    expect(await runCheck(missing, 'a { color: red }')).toEqual({ type: 'pass' });
    const { needPackage } = await import('../../src/checks/parsers/need-package.ts');
    const error = await errorOf(needPackage('no-such-parser', undefined));
    expect(PackageMissingError.isInstance(error)).toBe(true);
    expect(new CheckCrashedError({ check: 'code', cause: error }).message).toMatch(
      /^The check "code" cannot judge: The package "no-such-parser" could not be loaded\. Run "npm i no-such-parser"/,
    );
    const scoped = await errorOf(needPackage('@no-such-scope/parser/file.json', undefined));
    expect(scoped).toMatchObject({ package: '@no-such-scope/parser' });
    expect(error).toMatchObject({
      package: 'no-such-parser',
      message: expect.stringContaining('npm i no-such-parser'),
    });
  });

  test('refuses a language it does not know', () => {
    expect(() => code({ language: 'cobol' as CodeLanguage })).toThrow(/"cobol" is none\.$/);
    expect(() => code({ language: 'C++' as CodeLanguage })).toThrow('"C++" is none. Did you mean "cpp"?');
    expect(() => code({ language: 'tsx' as CodeLanguage })).toThrow('Did you mean "typescript"?');
    expect(() => code({ language: 'SQL' as CodeLanguage })).toThrow(
      "SQL has a check of its own: sql({ dialect: 'postgresql' }).",
    );
  });
});

describe('code, of what only a compiler knows', () => {
  const verdicts = async (language: CodeLanguage, texts: readonly string[]) =>
    await Promise.all(texts.map(async (text) => (await runCheck(code({ language }), text)).type));

  test('passes C++ with macros of headers, branches of the preprocessor and constructs the grammar lacks', async () => {
    const programs = [
      '#ifdef __cplusplus\nextern "C" {\n#endif\nint add(int a, int b);\n#ifdef __cplusplus\n}\n#endif\n',
      'class BOOKS_API Ledger : public Book {\n  Q_OBJECT\n public:\n  int total() const;\n};\n',
      'EXPORT_FUNC(int) total(const char *name);\nEXPORT_FUNC(void) close_all(void);\n',
      '#if 0\nint broken( {\n#else\nint right() { return 1; }\n#endif\n',
      'BOOKS_BEGIN_NAMESPACE\nint *numbers = ALLOC_ARRAY(int, 3);\nBOOKS_END_NAMESPACE\n',
      'struct Node { enum : unsigned { first = 1, second = 2 }; };\n',
      'void print(Stream &out, const Module * = nullptr);\n',
      'bool operator<(const Book &, const Book &) = delete;\ntemplate class std::vector<int>;\n',
      'void open(const Options &options = {}, std::vector<int> sizes = {1, 2});\n',
      'template <typename... Types> void total(Types *... all);\ntemplate <typename T = Book *, int N = 1> struct Shelf;\n',
      'struct Flags { unsigned ready : 1; unsigned : 7; };\n',
      'int (Book::*total)() const = &Book::total;\nint due = (book.*total)() + (other->*total)();\n',
      'void print() { printf("%" PRIu64 " of %" PRIu64 "\\n", one, all); }\n',
      'auto tag = total(typename Book::Tag());\nvoid drop(void *all) { delete[] (Book *)all; }\n',
      // What Ledger is, and what stands in it, is for a header to say.
      `class BOOKS_API(4) Ledger BOOKS_FINAL {\n${'  int total();\n'.repeat(40)}  BOOKS_FRIEND(Shelf) class Shelf;\n};\n`,
      'BOOKS_BEGIN(a, b) extern BOOKS_CALL *total BOOKS_ARGS((int, int)) BOOKS_PURE;\n',
    ];
    expect(await verdicts('cpp', programs)).toEqual(programs.map(() => 'pass'));
  });

  test('finds what is wrong in C++ with macros', async () => {
    const programs = [
      'class BOOKS_API Ledger : public Book {\n  Q_OBJECT\n public:\n  int total( const;\n};\n',
      '#if 0\nint right() { return 1; }\n#else\nint broken( {\n#endif\n',
      'BOOKS_BEGIN\nint total() { return ALLOC(1; }\nBOOKS_END\n',
      'TEST(Ledger, adds) {\n  EXPECT_EQ(1, add(0, 1);\n}\n',
      // Brackets and quotes hold whatever macros come to.
      'BOOKS_API(int}) total BOOKS_ARGS((int));\n',
      'BOOKS_API("int) total BOOKS_ARGS((int));\n',
      'BOOKS_BEGIN(a) BOOKS_CALL total BOOKS_ARGS((int);\n',
      'class Ledger {\n  BOOKS_CALL *total BOOKS_ARGS((int));\n\n',
      // Values of the standard library, and what the code itself defines, are no macros of a header.
      'int main() { std::cout << EXIT_SUCCESS std::endl; }\n',
      '#define BOOKS 10\nint main() { int total = BOOKS int other; }\n',
      'const int BOOKS_COUNT = 10;\nint main() { int total = BOOKS_COUNT int other; }\n',
    ];
    expect(await verdicts('cpp', programs)).toEqual(programs.map(() => 'fail'));
  });

  test('finds Java that no compiler takes', async () => {
    const inMethod = (body: string) => `class Ledger {\n  int total() {\n    ${body}\n  }\n}\n`;
    const wrong = [
      inMethod('total;'),
      inMethod('(1 + 2);'),
      inMethod('String path = "C:\\q"; return 1;'),
      'class Ledger {\n  public total() { return 1; }\n}\n',
    ];
    expect(await verdicts('java', wrong)).toEqual(wrong.map(() => 'fail'));
    const right = [
      inMethod('String path = "C:\\t\\u00e9\\123"; count++; new Thread(); return path.length();'),
      inMethod('return switch (kind) { case ONE -> 1; default -> throw new Error(); };'),
      'record Point(int x, int y) {\n  Point { check(x); }\n  Point(int x) { this(x, 0); }\n}\n',
      'enum Kind { ONE(1); Kind(int n) { } }\n',
    ];
    expect(await verdicts('java', right)).toEqual(right.map(() => 'pass'));
  });

  test('finds a regular expression that cannot be compiled', async () => {
    expect(await verdicts('javascript', ['const a = /(\\d+/;', 'const a = /[z-a]/u;'])).toEqual(['fail', 'fail']);
    expect(await verdicts('javascript', ['const a = /(\\d+)/dgimsuy; const b = 4 / 2 / 1;'])).toEqual(['pass']);
  });

  test('tells JSON with comments from JSON', async () => {
    const text = '{ "url": "https://a.example//b", // here\n "list": [1, 2, /* three */], }';
    expect(await verdicts('jsonc', [text, '{ "a": [,] }', '{ "a": 1 } /* open', '{ "a": 1,, }'])).toEqual([
      'pass',
      'fail',
      'fail',
      'fail',
    ]);
    expect(await runCheck(code({ language: 'json' }), text)).toMatchObject({
      issues: [{ message: expect.stringContaining('JSON has no comments') }],
    });
  });
});

describe('code, of snippets and their places', () => {
  const messagesOf = async (language: CodeLanguage, text: string) => {
    const verdict = await runCheck(code({ language }), text);
    return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message) : [];
  };

  test.each<[CodeLanguage, string]>([
    ['go', 'fmt.Println(1)\n'],
    ['go', 'total := 1\nfmt.Println(total)\n'],
    ['go', 'var total = 1\nfmt.Println(total)\n'],
    ['go', 'type User struct {\n\tID int\n}'],
    ['go', 'package main\n\nvar total int'],
    ['go', 'if total > 1 {\n\tfmt.Println(total)\n}'],
    ['go', '```go\npackage main\n\nconst (\n\ta = 1\n)\n```'],
    ['rust', 'let total = 1;\nprint(total);\n'],
    ['java', 'int total = 1;\nprint(total);\n'],
    ['java', 'int total = add(1, 2);\nprint(total);\n\nstatic int add(int a, int b) {\n  return a + b;\n}'],
    ['java', 'import java.util.*;\n\nList<String> names = List.of();\nfor (String name : names) print(name);'],
    ['java', 'record Point(int x, int y) {}\nvar point = new Point(1, 2);\nprint(point.x());'],
    [
      'java',
      '/** All. */\n@Id\nprivate final Map<String, Integer> all = new Map<>();\n\npublic int size() { return 0; }',
    ],
    ['cpp', 'int add(int a, int b) { return a + b; }\n\nint sum = add(1, 2);\nstd::cout << sum << std::endl;'],
    ['cpp', 'friend std::ostream& operator<<(std::ostream& out, const Point& point);'],
    ['php', 'protected $fillable = [];\n\npublic function posts()\n{\n  return $this->many(Post::class);\n}'],
    ['php', "'name' => 'required',\n'mail' => ['required', 'mail'],"],
    ['php', '$total = add(1, 2);\nfunction add(int $a, int $b): int { return $a + $b; }\nclass Point {}'],
    ['go', 'const (A = 1; B = 2)'],
    ['go', 'const (A = f(1); B = g(2, h(")")) )\nfmt.Println(A)'],
    ['go', 'import ("fmt"; "os")\ntype (Id int; Name string)'],
    ['go', 'import "fmt"\n\ntype Point struct{ X int }\n\npoint := Point{X: 1}\nfmt.Println(point.X)'],
    ['rust', 'use std::fmt;\nstruct Point { x: i32 }\nlet point = Point { x: 1 };\npoint.show();\npoint.x'],
    ['html', '<p>1 < 2, and cost <5 kg</p>'],
    ['python', '    def total(self):\n        return 1\n'],
    ['cpp', '#ifndef __cplusplus\nint broken( {\n#endif\nint right() { return 1; }\n'],
    ['cpp', '#ifndef LEDGER_H\n#define LEDGER_H\nint right() { return 1; }\n#endif\n'],
    ['cpp', 'LEDGER_API(LEDGER_API) int right() { return 1; }\n'],
    ['typescript', 'var total = 1;\nvar total: number;\n'],
    ['typescript', 'enum Kind { One }\nlet Kind = 2;\n'],
    ['javascript', "import fs from 'fs';\n// or\nconst fs = require('fs');\n"],
    ['javascript', '```js\n// Options\n{\n  "method": "POST",\n  retries: 2,\n};\n```'],
    ['typescript', '{ "method": "POST", retries: 2 as const }'],
    ['markdown', "```js\nimport x from 'x';\nconst x = require('x');\n```"],
    ['markdown', '```js\nconst x = 1;\n// or\nconst x = 2;\n```\n\n```js\n{ "a": 1, b }\n```'],
    ['html', '<p>one&nbsp two<br/></p>'],
    ['html', '<template><p>one</p></template>'],
    ['yaml', '%LEDGER 1\n---\ntotal: 1\n'],
    ['go', 'func f() {\n\tx := 1\n\t{\n\t\ty := 2\n\t}\n}\nfor\n{\n}'],
    ['go', 'func f(a int) (int, error) // in another file\n\nvar x = 1 /* a\n*/\nvar y = `a\nb` +\n\t"c"'],
    ['go', 'x.\n\tFoo().\n\tBar(func() {\n\t\ty()\n\t})\nselect {\ncase <-c:\n}'],
    ['go', "r := '\\''\ns := '\"'\nconst (\n\tA = iota\n\tB\n)"],
    ['java', 'import module java.base;\nclass A {}'],
    ['typescript', 'class A { accessor x = 1; accessor() {} }\nconst defer = 1;\nimport { type source } from "x";'],
    ['javascript', 'import defer * as x from "y"; import source z from "w"; import source from "v"; import.defer("u")'],
    ['yaml', 'base: &b {x: 1}\nc:\n  <<: *b\nd: [*b, *b]\n*b : 1\ne: "*x"\n'],
    ['yaml', 'a: &a\n  - b: &a 2\n  - *a\n'],
    ['css', ':root { --x: {}; --y:{a:b} }\n@keyframes x { 0%, 50% { a: b } to { c: d } }\n@font-face { a: b }'],
    ['css', '.a\\,b, a/* , // */, a[href="//x"]:is(b, c) { f: url(//x) }'],
  ])('in %s passes %j', async (language, text) => {
    expect(await messagesOf(language, text)).toEqual([]);
  });

  test.each<[CodeLanguage, string, string]>([
    ['go', 'package main\n\ntotal := 1\n', 'line 3, column 1, near `total := 1`: unexpected `total := 1`.'],
    ['go', 'package main\n\nfmt.Println(1)\n', 'line 3, column 1, near `fmt.Println(1)`: unexpected `fmt.Println(1)`.'],
    ['java', 'package a;\n\nprint(1);\n', 'line 3, column 1, near `print(1);`: unexpected `print(1);`.'],
    ['java', 'private int total( {}\n', 'line 1, column 19, near `private int total( {}`: expected `)`'],
    ['go', 'const (A = 1; B = )', 'line 1, column 15, near `const (A = 1; B = )`: unexpected `B =`.'],
    ['html', '<p>a < /p>', 'line 1, column 7, near `<p>a < /p>`: invalid first character of tag name.'],
    ['python', ' os\n\nimport sys\n', 'line 1, column 1, near `os`: Unexpected indentation.'],
    ['rust', 'fn main() {}\nprint(1);\n', 'line 2, column 1, near `print(1);`: unexpected `print(1);`.'],
    ['typescript', 'let a = 1;\nvar a;\nlet b = ;', 'line 3, column 9, near `let b = ;`: Unexpected token.'],
    ['typescript', 'enum A { x }\nlet A = 2;\nbreak;', 'line 3, column 1, near `break;`: Unsyntactic break.'],
    ['html', '<template><b></template>', 'line 1, column 11, near `<template><b></template>`: <b> is never closed.'],
    ['yaml', 'a: 1\nb: 2\na: 3\n', 'line 3, column 1, near `a: 3`: Map keys must be unique.'],
    ['python', '# ü😀\ndef f(a, a): pass', 'line 2, column 10, near `def f(a, a): pass`: Duplicate parameter "a".'],
    ['python', "x = 'ü日😀' + )", "line 1, column 14, near `x = 'ü日😀' + )`: Expected an expression."],
    ['javascript', 'const x = 1;\nconst x = 2;', 'line 2, column 7, near `const x = 2;`: Identifier'],
    ['javascript', '{ "a": 1, b: }', 'line 1'],
    ['markdown', '```js\nconst x = 1;\nconst x = ;\n```', 'line 2, column 11 of this js block'],
    ['javascript', '```js\r\n\r\nconst a = ;\r\n```\r\n', 'line 2, column 11, near `const a = ;`: Unexpected token.'],
    ['javascript', '  ```js\n\n  const a = ;\n  ```\n', 'line 2, column 11, near `const a = ;`: Unexpected token.'],
    [
      'go',
      'package main\n\nfunc main()\n{\n}',
      'line 4, column 1, near `{`: unexpected `{`; a statement ends where its line does.',
    ],
    ['go', 'if true\n{\n\tx()\n}', 'line 1, column 8, near `if true`: expected identifier; a statement ends where'],
    ['go', 'if a {\n}\nelse {\n}', 'line 3, column 1, near `else {`: unexpected `else`; a statement ends where'],
    ['go', 'x := f(\n\t1,\n\t2\n)', 'line 3, column 3, near `2`: unexpected `;`; a statement ends where'],
    ['go', 'y := x\n\t.Foo()', 'line 2, column 2, near `.Foo()`: unexpected `.`; a statement ends where'],
    ['go', 'f := func()\n{\n}', 'line 1, column 12, near `f := func()`: unexpected `;`; a statement ends where'],
    ['yaml', 'a: *x\nb: &x 1\n', 'line 1, column 4, near `a: *x`: there is no anchor &x before this alias.'],
    ['yaml', 'a: &x 1\n---\nb: *x\n', 'line 3, column 4, near `b: *x`: there is no anchor &x before this alias.'],
    ['css', 'a {{ color: red }}', 'line 1, column 4, near `a {{ color: red }}`: expected a selector.'],
    ['css', 'a { /* x */ { b: c } }', 'line 1, column 13, near `a { /* x */ { b: c } }`: expected a selector.'],
    ['css', 'a, { b: c }', 'line 1, column 1, near `a, { b: c }`: expected a selector beside the comma.'],
    ['css', 'a { , b { c: d } }', 'line 1, column 5, near `a { , b { c: d } }`: expected a selector beside the comma.'],
    ['css', '// comment\na { b: c }', 'line 1, column 1, near `// comment`: `//` begins no comment in CSS.'],
  ])('in %s finds the fault of %j', async (language, text, message) => {
    expect(await messagesOf(language, text)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['größe = 1\nf(ü=1, ä=2)\ndef ß(é, è): pass\n变量 = größe', []],
    ['total = 1\n# 测试 ünïcode “x” ☃ 😀\ndef f():\n    """█ ₜ ب"""\n    # «x»\n    return "😀"\n', []],
    [`# é\ntotal = "${'ب'.repeat(40)}"\n`, []],
    ['print(“hi”)', ['line 1, column 7, near `print(“hi”)`: Got unexpected token “.']],
    ['x = "é"\n😀 = 1', ['line 2, column 1, near `😀 = 1`: Got unexpected token 😀.']],
    ['f(é=1, é=2)', ['line 1, column 8, near `f(é=1, é=2)`: Duplicate keyword argument `é`.']],
    ["b'é'", ["line 1, column 3, near `b'é'`: bytes can only contain ASCII literal characters."]],
  ])('judges Python with other letters, without a word on the console: %j', async (text, said) => {
    const panic = vi.spyOn(console, 'error').mockReturnValue();
    expect(await messagesOf('python', text)).toEqual(said.map((part) => expect.stringContaining(part)));
    expect(panic).not.toHaveBeenCalled();
    panic.mockRestore();
  });

  test('finds a fault behind a carriage return that ends a line', async () => {
    expect(await messagesOf('python', 'x = 1\rdef f(a, a): pass')).toEqual([
      expect.stringContaining('Duplicate parameter "a"'),
    ]);
  });

  test('judges on after a text that would use up the memory of its grammar', async () => {
    expect(await messagesOf('java', 'a<'.repeat(50_000))).toEqual([expect.stringContaining('nested too deeply')]);
    expect(await messagesOf('java', 'class A {}')).toEqual([]);
  });

  describe('whose parser gives up', () => {
    const { Parser } = treeSitter;
    const tooSlow = expect.stringContaining('it takes too long to parse; write less of it.');
    afterEach(() => vi.restoreAllMocks());

    test.each(['java', 'go', 'rust', 'php', 'cpp'] as const)('passes no %s unjudged', async (language) => {
      expect(await messagesOf(language, programs[language])).toEqual([]);
      const parse = vi.spyOn(Parser.prototype, 'parse').mockReturnValue(null);
      expect(await messagesOf(language, programs[language])).toEqual([tooSlow]);
      expect(parse).toHaveBeenCalledTimes(1);
    });

    test('looks at no further block', async () => {
      const block = `\`\`\`java\n${programs.java}\`\`\`\n`;
      const parse = vi.spyOn(Parser.prototype, 'parse').mockReturnValue(null);
      expect(await messagesOf('java', `Here:\n${block.repeat(3)}`)).toEqual([tooSlow]);
      expect(parse.mock.calls.length).toBeLessThanOrEqual(2);
    });

    test('keeps the first error when only the guesses at macros take long', async () => {
      const right = Parser.prototype.parse;
      const parse = vi.spyOn(Parser.prototype, 'parse').mockImplementation(function (this: never, ...given) {
        return parse.mock.calls.length > 2 ? null : right.apply(this, given);
      });
      expect(await messagesOf('cpp', 'BOOKS_BEGIN\nint right( {\nBOOKS_END\n')).toEqual([
        expect.stringContaining('Correct the C++ at line'),
      ]);
      expect(parse.mock.calls.length).toBeLessThan(6);
    });
  });

  test('guesses at no macros in a long program', async () => {
    const lines = 'int total = 1;\n'.repeat(15_000);
    expect(await messagesOf('cpp', lines)).toEqual([]);
    expect(await messagesOf('cpp', `${lines}LEDGER_BEGIN\nint right( {\nLEDGER_END\n`)).toHaveLength(1);
  });

  test('judges a hundred blocks at most', async () => {
    const block = '```js\nconst a = 1;\n```\n';
    expect(await messagesOf('javascript', block.repeat(100))).toEqual([]);
    expect(await messagesOf('javascript', block.repeat(101))).toEqual(['Answer with at most 100 code blocks.']);
  });

  test('takes YAML whose levels would end the stack for nested too deeply', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['- ', ''],
      ['{a: ', '}'],
    ] as const) {
      expect(await messagesOf('yaml', `${open.repeat(50_000)}1${close.repeat(50_000)}`)).toEqual([
        expect.stringContaining(': it is nested too deeply.'),
      ]);
    }
  });

  test('takes no other error of a parser for a fault of the code', async () => {
    const parse = () => {
      throw new TypeError('memory is detached');
    };
    const judge = code({ language: 'css', parser: async () => ({ parse, CssSyntaxError: class {} }) });
    const error = await errorOf(runCheck(judge, 'a { color: red }'));
    expect(CheckCrashedError.isInstance(error)).toBe(true);
  });
});

describe('code on real programs', () => {
  const sample = (files: readonly string[], count: number) => {
    const step = Math.max(1, Math.floor(files.length / count));
    return files.filter((_, index) => index % step === 0).slice(0, count);
  };
  const falseAlarms = async (language: CodeLanguage, files: readonly string[]) => {
    const alarms: string[] = [];
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      if (text.trim() === '' || text.length > 200_000) continue;
      const verdict = await runCheck(code({ language }), text);
      if (verdict.type === 'fail') alarms.push(`${file}: ${verdict.issues[0]?.message}`);
    }
    return alarms;
  };

  test.each<[CodeLanguage, string]>([
    ['javascript', 'node_modules/{@ai-sdk,@babel,vitest,zod,valibot,ioredis,playwright-core,next}/**/*.{js,mjs,cjs}'],
    ['typescript', 'node_modules/{ai,@ai-sdk,zod,valibot,vitest,@types}/**/*.ts'],
    ['json', 'node_modules/*/package.json'],
    ['yaml', 'node_modules/*/.github/*.yml'],
    ['css', 'node_modules/**/*.css'],
  ])('raises no alarm on %s in node_modules', { timeout: 120_000 }, async (language, pattern) => {
    const files = sample(
      globSync(pattern).filter((file) => !/fixture|test\/|\.min\./.test(file)),
      150,
    );
    expect(files.length).toBeGreaterThan(0);
    expect(await falseAlarms(language, files)).toEqual([]);
  });

  const pythonFiles = existsSync('/usr/lib/python3.11')
    ? globSync('/usr/lib/python3.11/**/*.py').filter((file) => !/test|lib2to3/.test(file))
    : [];
  test.skipIf(pythonFiles.length === 0)('raises no alarm on the Python library', { timeout: 120_000 }, async () => {
    expect(await falseAlarms('python', sample(pythonFiles, 200))).toEqual([]);
  });

  test.skipIf(pythonFiles.length === 0)('agrees with Python on broken files', { timeout: 120_000 }, async () => {
    const mutants = sample(pythonFiles, 60).flatMap((file, index) => {
      const text = readFileSync(file, 'utf8');
      return text.length > 12_000 ? [] : mutantsOf(text, index);
    });
    const verdicts = askPython(mutants);
    const disagreeing: string[] = [];
    for (const [index, mutant] of mutants.entries()) {
      if (mutant.trim() === '') continue;
      const isRight = (await runCheck(code({ language: 'python' }), mutant)).type === 'pass';
      if (isRight !== verdicts[index]) disagreeing.push(mutant);
    }
    expect(verdicts.filter((isRight) => !isRight).length).toBeGreaterThan(60);
    expect(disagreeing).toEqual([]);
  });
});

/** A file with one bracket, quote or keyword less, or one more. */
function mutantsOf(text: string, seed: number): string[] {
  const pick = (pattern: RegExp, share: number) => {
    const places = [...text.matchAll(pattern)];
    return places[Math.floor(((seed * 0.618 + share) % 1) * places.length)];
  };
  const without = (match: RegExpExecArray | undefined) =>
    match === undefined ? [] : [text.slice(0, match.index) + text.slice(match.index + match[0].length)];
  const withMore = (match: RegExpExecArray | undefined, more: string) =>
    match === undefined ? [] : [text.slice(0, match.index) + more + text.slice(match.index)];
  return [
    ...without(pick(/[()[\]{}]/g, 0.1)),
    ...without(pick(/["']/g, 0.3)),
    ...without(pick(/\b(?:def|class|return|import|in|if|for)\b/g, 0.5)),
    ...withMore(pick(/\w+/g, 0.7), ['(', ')', '[', '}'][seed % 4] ?? '('),
    ...withMore(pick(/\w+/g, 0.9), seed % 2 === 0 ? '"' : "'"),
  ];
}

/** Whether Python itself can parse each text. */
function askPython(texts: readonly string[]): boolean[] {
  const program = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def parses(text):
    try:
        ast.parse(text)
        return True
    except (SyntaxError, ValueError):
        return False
print(json.dumps([parses(text) for text in json.load(sys.stdin)]))`;
  return JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', program], { input: JSON.stringify(texts), maxBuffer: 1e8 }).toString(),
  );
}
