/** The beginning and the end of a text that is too long, with what was left out named between them. */
export function excerpt(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = Math.ceil(maxLength / 2);
  const tail = Math.floor(maxLength / 2);
  const leftOut = text.length - head - tail;
  return `${wellFormed(text.slice(0, head))}\n[… ${leftOut} characters left out …]\n${wellFormed(text.slice(-tail))}`;
}

/** The beginning of a text that is too long, ended by an ellipsis. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${wellFormed(text.slice(0, maxLength - 1))}…`;
}

/** A cut can halve a surrogate pair, which some providers refuse. */
function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
