/** A language that is read by its grammar of tree-sitter. */
export type TreeSitterLanguage = 'go' | 'rust' | 'java' | 'cpp' | 'php';

/** Ways to read a text: first as a file, then as a piece of one. A text is right when one reading is. */
export function* readingsOf(code: string, language: TreeSitterLanguage): Generator<string> {
  switch (language) {
    case 'go':
      // The last line ends its statement with a line break.
      yield `${code}\n`;
      yield `${withLastSemicolons(code)}\n`;
      return;
    case 'rust':
      yield code;
      if (!/\bfn\s+main\s*\(/.test(code)) yield `fn snippet() {${code}\n}`;
      return;
    case 'java':
      yield code;
      if (beginsMember.test(code)) yield `class Snippet {${code}\n}`;
      return;
    case 'cpp':
      yield code;
      yield /^\s*(?:friend|virtual|explicit)\b/.test(code)
        ? `class snippet {${code}\n};`
        : `void snippet() {${code}\n}`;
      return;
    case 'php':
      if (code.includes('<?')) yield code;
      else {
        yield `<?php ${code}`;
        if (beginsMember.test(code)) yield `<?php class Snippet {${code}\n}`;
        if (/^\s*(?:'[^'\n]*'|"[^"\n]*")\s*=>/.test(code)) yield `<?php [${code}\n];`;
      }
  }
}

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
