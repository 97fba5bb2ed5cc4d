import type { SourceReading } from './source-reading.ts';

/**
 * A line's end is a semicolon after a name, a literal, `return` and the like, `++`, `--` and a closing bracket.
 *
 * @see https://go.dev/ref/spec#Semicolons
 */
export function withSemicolons(code: string): SourceReading {
  const added: number[] = [];
  let source = '';
  /** Where the last token ended, if a line that ends here does so with a semicolon. */
  let ended: number | undefined;
  for (const { 0: text, index } of `${code}\n`.matchAll(token)) {
    const isComment = text.startsWith('//') || text.startsWith('/*');
    if (!isComment && text !== '\n') ended = ends.test(text) ? index + text.length : undefined;
    if (ended === undefined || (isComment ? !text.includes('\n') : text !== '\n')) continue;
    source += `${code.slice(added.at(-1) ?? 0, ended)};`;
    added.push(ended);
    ended = undefined;
  }
  source += `${code.slice(added.at(-1) ?? 0)}\n`;
  const isAdded = (offset: number) => added.some((place, count) => place + count === offset);
  return {
    source,
    placeOf: (offset) => offset - added.filter((place, count) => place + count < offset).length,
    hintAt: (offset) =>
      isAdded(offset) || (goesOn.test(source.slice(offset)) && isAdded(source.slice(0, offset).trimEnd().length - 1))
        ? '; a statement ends where its line does'
        : '',
  };
}

/** What was meant to go on with the line before. */
const goesOn = /^(?:[^\p{L}\p{N}_]|else\b)/u;

/** Comments, strings, words and numbers, signs one by one. */
const token =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|[\p{L}\p{N}_]+|\+\+|--|\n|[^\s]/gu;

const ends =
  /^(?!(?:case|chan|const|default|defer|else|for|func|go|goto|if|import|interface|map|package|range|select|struct|switch|type|var)$)[\p{L}\p{N}_"'`)\]}]|^(?:\+\+|--)$/u;
