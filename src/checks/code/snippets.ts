import { withSemicolons } from './go-semicolons.ts';
import type { SourceReading } from './source-reading.ts';

/** A language that is read by its grammar of tree-sitter. */
export type TreeSitterLanguage = 'go' | 'rust' | 'java' | 'cpp' | 'php';

/** Ways to read a text: first as a file, then as a piece of one. A text is right when one reading is. */
export function* readingsOf(code: string, language: TreeSitterLanguage): Generator<SourceReading> {
  if (language === 'go') {
    const reading = withSemicolons(code);
    yield reading;
    yield { ...reading, source: withLastSemicolons(reading.source) };
    return;
  }
  // The grammar does not know https://openjdk.org/jeps/511 yet.
  const known = language === 'java' ? code.replace(moduleImport, (words) => 'import'.padEnd(words.length)) : code;
  for (const [before, behind] of surroundingsOf(known, language)) {
    yield { source: before + known + behind, placeOf: (offset) => Math.max(0, offset - before.length) };
  }
}

function* surroundingsOf(
  code: string,
  language: Exclude<TreeSitterLanguage, 'go'>,
): Generator<readonly [before: string, behind: string]> {
  switch (language) {
    case 'rust':
      yield ['', ''];
      if (!/\bfn\s+main\s*\(/.test(code)) yield ['fn snippet() {', '\n}'];
      return;
    case 'java':
      yield ['', ''];
      if (beginsMember.test(code)) yield ['class Snippet {', '\n}'];
      return;
    case 'cpp':
      yield ['', ''];
      yield /^\s*(?:friend|virtual|explicit)\b/.test(code) ? ['class snippet {', '\n};'] : ['void snippet() {', '\n}'];
      return;
    case 'php':
      if (code.includes('<?')) yield ['', ''];
      else {
        yield ['<?php ', ''];
        if (beginsMember.test(code)) yield ['<?php class Snippet {', '\n}'];
        if (/^\s*(?:'[^'\n]*'|"[^"\n]*")\s*=>/.test(code)) yield ['<?php [', '\n];'];
      }
  }
}

const moduleImport = /^import[ \t]+module\b(?=[ \t]+[\w.]+[ \t]*;)/gm;

const comment = String.raw`(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|[@#]\[?[\w.]+(?:\([^()\n]*\))?\]?)*`;
/** A field or a method stands here without its class. */
const beginsMember = new RegExp(String.raw`^${comment}(?:public|protected|private|static|final|readonly|abstract)\b`);

/** Go may leave out the semicolon before `)`, which its grammar wants: `const (A = 1; B = 2)`. */
function withLastSemicolons(code: string): string {
  const opened: boolean[] = [];
  return code.replace(goToken, (text, ...[before]: (string | undefined)[]) => {
    if (text.endsWith('(')) opened.push(/^(?:const|var|type|import)/.test(text));
    else if (text.endsWith(')') && opened.pop() === true && before !== undefined) return `;${text}`;
    return text;
  });
}

/** Strings and comments, which hold no brackets, and brackets with what says something of them. */
const goToken =
  /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|(?:\b(?:const|var|type|import)[ \t]*)?\(|(?<=([^\s;(]))[ \t]*\)|\)/g;
