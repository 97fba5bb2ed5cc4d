/**
 * A token of JSON as models write it: any quotes, comments and commas passed over. `word` is anything bare: a number, a
 * literal, an unquoted name, prose.
 */
export interface Token {
  readonly type: 'open' | 'close' | 'colon' | 'comma' | 'string' | 'word' | 'unterminated';
  readonly text: string;
  /** Where the token ends in the source. */
  readonly end: number;
}

const closingQuote: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' };
const punctuation: Readonly<Record<string, Token['type']>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ':': 'colon',
  ',': 'comma',
};
const space = /\s/;
const wordEnd = /[\s{}[\]:,"'`“‘]/;

/** Reads tokens from `start` on, one at a time, in time linear in the text. */
export function* lex(source: string, start = 0): Generator<Token> {
  let position = start;
  while (position < source.length) {
    const character = source.charAt(position);
    const type = punctuation[character];
    const quote = closingQuote[character];
    if (space.test(character)) {
      position += 1;
    } else if (type !== undefined) {
      position += 1;
      yield { type, text: character, end: position };
    } else if (quote !== undefined) {
      const token = lexString(source, position, quote);
      position = token.end;
      yield token;
    } else if (character === '/' && (source[position + 1] === '/' || source[position + 1] === '*')) {
      position = skipComment(source, position);
    } else {
      const token = lexWord(source, position);
      position = token.end;
      yield token;
    }
  }
}

function lexString(source: string, start: number, quote: string): Token {
  let position = start + 1;
  while (position < source.length && source[position] !== quote) position += source[position] === '\\' ? 2 : 1;
  if (position >= source.length) return { type: 'unterminated', text: '', end: source.length };
  return { type: 'string', text: source.slice(start + 1, position), end: position + 1 };
}

function skipComment(source: string, start: number): number {
  const isLine = source[start + 1] === '/';
  const end = source.indexOf(isLine ? '\n' : '*/', start + 2);
  return end === -1 ? source.length : end + (isLine ? 1 : 2);
}

function lexWord(source: string, start: number): Token {
  let position = start + 1;
  while (position < source.length && !wordEnd.test(source.charAt(position))) position += 1;
  return { type: 'word', text: source.slice(start, position), end: position };
}
