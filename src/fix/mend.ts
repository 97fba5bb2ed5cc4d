import { lex, type Token } from './lexer.ts';

/**
 * Mends quotes, commas, comments and missing final closers with `jsonrepair`, and keeps its work only when every value
 * of the result stands in the text, whole: `jsonrepair` by itself also completes cut-off scalars, adds `null` for missing
 * values, and makes strings of prose.
 */
export async function mend(text: string): Promise<string | undefined> {
  const { jsonrepair } = await import('jsonrepair');
  try {
    const mended = jsonrepair(text);
    JSON.parse(mended);
    return saysTheSame(text, mended) ? mended.trim() : undefined;
  } catch {
    return undefined;
  }
}

function saysTheSame(source: string, mended: string): boolean {
  const sourceTokens = [...lex(source)];
  const original = sourceTokens.filter(({ type }) => type !== 'comma');
  const result = [...lex(mended)].filter(({ type }) => type !== 'comma');
  for (const [index, token] of original.entries()) {
    const other = result[index];
    if (other === undefined || !isSame(token, other, original[index + 1])) return false;
  }
  const added = result.slice(original.length);
  return (
    added.length === 0 || (added.every(({ type }) => type === 'close') && endsInCompleteValue(sourceTokens, source))
  );
}

function isSame(token: Token, other: Token, next: Token | undefined): boolean {
  const isName = token.type === 'word' && next?.type === 'colon';
  if (isName) return other.type === 'string' && other.text === token.text;
  if (token.type !== other.type) return false;
  return token.type === 'string' ? decode(token.text) === decode(other.text) : token.text === other.text;
}

/** `\'` and raw line breaks are what models write and JSON does not know. */
function decode(text: string): string {
  const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A number or word at the very end may be the beginning of a longer one. */
function endsInCompleteValue(tokens: readonly Token[], source: string): boolean {
  const last = tokens.at(-1);
  if (last === undefined) return false;
  if (last.type === 'close' || last.type === 'string') return true;
  return last.type === 'word' && (/^(?:true|false|null)$/.test(last.text) || last.end < source.length);
}
