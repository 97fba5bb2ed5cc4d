/** A text with its JSON escapes read: `http:\/\/a`, `\u0068ttp`. */
export function unescaped(text: string): string {
  return text.includes('\\') ? unescaping()(text) : text;
}

/** Reads the JSON escapes of a text that comes in pieces; one that is not whole yet waits for the next piece. */
export function unescaping(): (piece: string) => string {
  let waiting = '';
  return (piece) => {
    const text = waiting + piece;
    waiting = '';
    let read = '';
    let position = 0;
    for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', position)) {
      read += text.slice(position, at);
      const letter = text.charAt(at + 1);
      const code = letter === 'u' ? text.slice(at + 2, at + 6) : '';
      if (letter === '' || (letter === 'u' && at + 6 > text.length)) {
        waiting = text.slice(at);
        return read;
      }
      const isCode = /^[\da-f]{4}$/i.test(code);
      read += isCode ? String.fromCharCode(Number.parseInt(code, 16)) : (letters[letter] ?? letter);
      position = at + (isCode ? 6 : 2);
    }
    return read + text.slice(position);
  };
}

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
