/**
 * Passes on a JSON text as far as its strings are sure to end where JSON's do: a closing quote waits for what follows it.
 * After one that may as well stand inside its string, nothing is passed on any more.
 */
export function sureText(): (piece: string) => string {
  let state: 'outside' | 'inside' | 'escaped' | 'closing' | 'unsure' = 'outside';

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
    let sure = '';
    let start = 0;
    for (let position = 0; position < piece.length && state !== 'unsure'; position += 1) {
      const before = state;
      state = next(piece.charAt(position));
      if (before === 'inside' && state === 'closing') sure += piece.slice(start, position);
      // The quote waits, and the white space after it says nothing.
      if (state === 'closing') start = position + 1;
      else if (before === 'closing' && state === 'outside') {
        sure += '"';
        start = position;
      }
    }
    return state === 'closing' || state === 'unsure' ? sure : sure + piece.slice(start);
  };
}
