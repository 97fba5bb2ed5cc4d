/** A part of a long text, and where it stands. */
export interface Piece {
  readonly text: string;
  readonly start: number;
}

const longestPiece = 8192;

/** A text in pieces that are read in little time each, cut where a thing that is said hardly goes on. */
export function* piecesOf(text: string): Generator<Piece> {
  let start = 0;
  while (text.length - start > longestPiece) {
    const end = start + cutIn(text.slice(start, start + longestPiece));
    yield { text: text.slice(start, end), start };
    start = end;
  }
  yield { text: text.slice(start), start };
}

/** After a paragraph, else after a line, else after a sentence outside of quotation marks, else after a word. */
function cutIn(piece: string): number {
  const half = Math.floor(piece.length / 2);
  for (const mark of ['\n\n', '\n']) {
    let place = piece.lastIndexOf(mark);
    // What quotes goes on after the line that introduces it.
    while (place > half && /^\s{0,4}>|^\s*$/.test(piece.slice(place + mark.length, place + mark.length + 5)))
      place = piece.lastIndexOf(mark, place - 1);
    if (place > half) return place + mark.length;
  }
  for (const { index, 0: mark } of piece.slice(half).matchAll(/[.!?。"”»]\s+(?=\p{L})|。/gu)) {
    const place = half + index + mark.length;
    if (isOutsideOfMarks(piece.slice(0, place))) return place;
  }
  const between = /(?<=\p{Ll}{2}) (?=\p{Ll}{2})/u.exec(piece.slice(half));
  if (between !== null) return half + between.index + 1;
  const space = piece.lastIndexOf(' ');
  if (space > half) return space + 1;
  return /[\uD800-\uDBFF]$/.test(piece) ? piece.length - 1 : piece.length;
}

function isOutsideOfMarks(text: string): boolean {
  if (text.split('"').length % 2 === 0) return false;
  const opened = [...text.matchAll(opening)].at(-1)?.index;
  return opened === undefined || /[”“»›」』]/.test(text.slice(opened + 1));
}

/** After a letter, some of them close what another one opened: „so“, »so«. */
const opening = /[„「『]|(?<![\p{L}\p{N}.,;:!?…])[“«‹]/gu;
