import { withoutDirectives } from './preprocessor.ts';

/** Whether an error in C++ may come of a macro that is defined elsewhere: one stands near it where no plain name could. */
export function mayBeOfMacro(tokens: string, code: string, offset: number): boolean {
  const known = new Set([...code.matchAll(declared)].map(([, name, other]) => name ?? other));
  return placesOf(tokens, offset).some(([start, end]) =>
    [...tokens.slice(start, end).matchAll(macroLike)].some(
      ({ 0: name, index }) =>
        !known.has(name) && !isStandardValue(name) && standsOdd(tokens, start + index, name.length),
    ),
  );
}

const reachBefore = 200;
const reachBehind = 100;
const mostOpen = 20;

/** Where a macro may be that spoils a place: around it, and at the heads of what it stands in. */
function placesOf(tokens: string, offset: number): (readonly [start: number, end: number])[] {
  const open: number[] = [];
  for (const { 0: bracket, index } of tokens.slice(0, offset).matchAll(/[{}]/g)) {
    if (bracket === '{') open.push(index);
    else open.pop();
  }
  const heads = open.slice(-mostOpen).map((head) => [before(tokens, head), head] as const);
  return [[before(tokens, offset), offset + reachBehind], ...heads];
}

/** So many characters before a place; space, as comments are by now, does not count. */
function before(tokens: string, offset: number): number {
  let at = Math.min(offset, tokens.length);
  for (let left = reachBefore; at > 0 && left > 0; at -= 1) if (/\S/.test(tokens.charAt(at - 1))) left -= 1;
  return at;
}

const macroLike = /\b(?:_*[A-Z][A-Z0-9]*_[A-Z0-9_]*|[A-Z][A-Z0-9]{2,}|__\w+|Q_\w+|\w+_[A-Z]{2,}\w*)\b/g;

/** What the code itself says of a name: a constant, a macro with a value, or a type. */
const declared =
  /\b(\w+)\s*=(?!=)|^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(?:["'(\d-][^;{}\n]*|[A-Z]\w*)$|\b(?:class|struct|enum|union|namespace|typename|using)\s+(\w+)\s*[{:=;>,]/gm;

/** Whether a macro of the standard library has that name, which is a value. */
export function isStandardValue(name: string): boolean {
  return /^(?:NULL|EOF|BUFSIZ|CLOCKS_PER_SEC|EXIT_\w+|SEEK_\w+|SIG[A-Z]+|E[A-Z]{3,}|M_\w+|\w+_(?:MAX|MIN|BIT|EPSILON|DIG)|__(?:LINE|FILE|func|DATE|TIME)__)$/.test(
    name,
  );
}

const keywords = /\b(?:return|case|else|throw|sizeof|new|delete|and|or|not|goto|do|in|operator|co_\w+)\s*$/;

/** Beside a word or a bracket that no operator parts from it: only what a macro comes to can make that right. */
function standsOdd(tokens: string, at: number, length: number): boolean {
  const before = tokens.slice(Math.max(0, at - 80), at);
  const behind = tokens.slice(at + length, at + length + 400);
  const isBehindValue = /[\w)\]]\s*$/.test(before) && !keywords.test(before);
  return isBehindValue || /^\s*(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\s*)?(?:[\w~{}]|$)/.test(behind);
}

/** C++ without directives and comments, with numbers for strings and characters, in the same places. */
export function tokensOf(code: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, text.startsWith('/') ? ' ' : '0');
  return withoutDirectives(code).replace(texts, blank);
}

const texts =
  /\/\/(?:\\\r?\n|[^\n])*|\/\*[\s\S]*?\*\/|R"([^()\s\\]{0,16})\([\s\S]*?\)\1"|"(?:\\[\s\S]|[^"\\\n])*"|(?<![\da-fA-F])'(?:\\[\s\S]|[^'\\\n])*'/g;

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Whether no bracket and no quotation mark lacks its other half. */
export function isInOrder(tokens: string): boolean {
  if (tokens.includes('"')) return false;
  const open: string[] = [];
  for (const [bracket] of tokens.matchAll(/[()[\]{}]/g)) {
    const closer = closers[bracket];
    if (closer !== undefined) open.push(closer);
    else if (open.pop() !== bracket) return false;
  }
  return open.length === 0;
}
