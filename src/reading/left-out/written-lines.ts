/** A name as people write it: words of letters and digits of any script, with single spaces between them. */
export const word = String.raw`[\p{L}\p{N}_$](?:[\p{L}\p{M}\p{N}_$.-]{0,60})`;
export const nameOf = `${word}(?: ${word}){0,7}`;

/** What begins a line of a list: a bullet, a number, a box to tick, a quotation's sign. */
export const mark = String.raw`(?:[-*+>•–—;]|\/\/|\(?\d{1,4}[.)]|[a-z]\))[ \t]*(?:\[[ x]\][ \t]*)?`;

/** A number, a literal or a string in quotes. */
export const scalar = String.raw`([-+]?\.?\d[\w.+-]*|true|false|null|none|"[^"\n]*"|'[^'\n]*'|“[^”\n]*”)`;

/** What a scalar says, without its quotes. */
export function unquoted(scalar: string): string {
  return scalar.replace(/^["'“]|["'”]$/g, '');
}
