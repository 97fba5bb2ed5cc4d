import type { Steps } from '../../effects/in-turns.ts';

/** A text as it is searched, and where each place of it was. */
export interface PlainText {
  readonly read: string;
  readonly placeOf: (place: number) => number;
}

/** Characters that are looked at in one step. */
const longestPiece = 16_384;

/** A text without the characters that nobody sees, and with spaces, dashes and digits of other scripts' making as those of ASCII. */
export function* readPlainly(text: string): Steps<PlainText> {
  const pieces: string[] = [];
  const begins = [0];
  for (let start = 0; start < text.length; start += longestPiece) {
    yield;
    const piece = plain(text.slice(start, start + longestPiece));
    pieces.push(piece);
    begins.push((begins.at(-1) as number) + piece.length);
  }
  const placeOf = (place: number) => {
    const index = begins.findLastIndex((begin) => begin <= place);
    let left = place - (begins[index] as number);
    let at = index * longestPiece;
    for (; at < text.length; at += 1) {
      if (unseen.test(text.charAt(at))) continue;
      if (left === 0) break;
      left -= 1;
    }
    return at;
  };
  return { read: pieces.join(''), placeOf };
}

function plain(text: string): string {
  return text
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .split(unseen)
    .join('');
}

const unseen = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/;
