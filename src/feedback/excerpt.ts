/** The beginning and the end of a text that is too long, with what was left out named between them. */
export function excerpt(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = Math.ceil(maxLength / 2);
  const tail = Math.floor(maxLength / 2);
  const leftOut = text.length - head - tail;
  return `${withoutHalves(text.slice(0, head))}\n[… ${leftOut} characters left out …]\n${withoutHalves(text.slice(-tail))}`;
}

/** The same by the size of the text, in bytes of UTF-8. */
export function excerptBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  const half = Math.max(1, Math.floor(maxBytes / 2));
  // A character that was cut apart is left out whole.
  const head = new TextDecoder().decode(bytes.subarray(0, half)).replace(/\uFFFD+$/, '');
  const tail = new TextDecoder().decode(bytes.subarray(-half)).replace(/^\uFFFD+/, '');
  return `${head}\n[… ${text.length - head.length - tail.length} characters left out …]\n${tail}`;
}

/** The beginning of a text that is too long, ended by an ellipsis. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${withoutHalves(text.slice(0, maxLength - 1))}…`;
}

/** A cut can halve a surrogate pair, which some providers refuse. */
function withoutHalves(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
