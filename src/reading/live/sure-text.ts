/**
 * Passes on a JSON text as far as its strings are sure to end where JSON's do: a closing quote waits for what follows it.
 * Behind one that may as well stand inside its string, nothing is passed on any more.
 */
export function sureText(): (piece: string) => string {
  let state: 'outside' | 'inside' | 'escaped' | 'closing' | 'unsure' = 'outside';
  /** A closing quote, and the white space behind it. */
  let kept = '';

  function next(character: string): typeof state {
    switch (state) {
      case 'outside':
        return character === '"' ? 'inside' : 'outside';
      case 'inside':
        return character === '"' ? 'closing' : character === '\\' ? 'escaped' : 'inside';
      case 'escaped':
        return 'inside';
      case 'closing':
        if (' \n\r\t'.includes(character)) return 'closing';
        return ',:}]'.includes(character) ? 'outside' : 'unsure';
      case 'unsure':
        return 'unsure';
    }
  }

  return (piece) => {
    const text = kept + piece;
    let sure = '';
    let start = 0;
    for (let position = kept.length; position < text.length && state !== 'unsure'; position += 1) {
      const before = state;
      state = next(text.charAt(position));
      if (before === 'inside' && state === 'closing') {
        sure += text.slice(start, position);
        start = position;
      }
    }
    if (state === 'unsure') return sure;
    kept = state === 'closing' ? text.slice(start) : '';
    return sure + text.slice(start, text.length - kept.length);
  };
}
