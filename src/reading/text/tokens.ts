import { skipSpace } from './trivia.ts';

/** A number of JSON, or with what Python and JavaScript let be: a plus, or no digit before or after the point. */
const number = /[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const word = /[A-Za-z_$][\w$.-]*/y;
const bare = /[\w$][\w$.-]*/y;
export const literals: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  True: 'true',
  False: 'false',
  None: 'null',
};

/** Whether a code fence stands at a position. */
export function isFence(source: string, position: number): boolean {
  return source.startsWith('```', position);
}

/** Where a number ends that begins at `position`; `undefined` where none does, or where it goes on as something else. */
export function endOfNumber(source: string, position: number): number | undefined {
  number.lastIndex = position;
  return number.test(source) ? number.lastIndex : undefined;
}

/** A number as JSON writes it. */
export function plainNumber(number: string): string {
  if (!/^-?[+.]|\.(?!\d)/.test(number)) return number;
  return number
    .replace(/^\+/, '')
    .replace(/^-?(?=\.)/, '$&0')
    .replace(/\.(?!\d)/, '');
}

/** A word as it stands, which may be a literal. */
export function wordAt(source: string, position: number): string {
  word.lastIndex = position;
  return word.test(source) ? source.slice(position, word.lastIndex) : '';
}

/** Where a name without quotes ends. */
export function endOfBareName(source: string, position: number): number | undefined {
  bare.lastIndex = position;
  return bare.test(source) ? bare.lastIndex : undefined;
}

/** Whether a word and a colon stand here. */
export function isBareName(source: string, position: number): boolean {
  word.lastIndex = position;
  return word.test(source) && source.charAt(skipSpace(source, word.lastIndex)) === ':';
}

/** Where the next bracket that opens a value stands, `-1` if none does. */
export function nextBracket(text: string, from: number): number {
  for (let position = from; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === OBJECT || code === ARRAY) return position;
  }
  return -1;
}

const OBJECT = 123;
const ARRAY = 91;
