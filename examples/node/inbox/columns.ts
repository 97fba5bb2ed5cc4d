const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a terminal draws over two columns: emoji, and what is written in Chinese, Japanese and Korean. */
const wide =
  /^(?![\uFF61-\uFFDC])(?:\p{Emoji_Presentation}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6])|\uFE0F/u;
const isPlain = /^[ -~]*$/;
const empty = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** How many columns of a terminal a line takes. */
export function widthOf(line: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(line)) width += segmentWidth(segment);
  return width;
}

/** The line, or as much of its beginning as fits, never half of a character. */
export function cutTo(line: string, columns: number): string {
  let width = 0;
  let whole = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    width += segmentWidth(segment);
    if (width > columns) return columns < 1 ? '' : `${line.slice(0, whole)}…`;
    if (width < columns) whole = index + segment.length;
  }
  return line;
}

export function padTo(line: string, columns: number): string {
  const cut = cutTo(line, columns);
  return cut + ' '.repeat(columns - widthOf(cut));
}

/** The words on as many lines as they take; all but the first are indented. A word that no line holds is cut. */
export function wrapped(text: string, columns: number, indent = ''): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(cutTo(last === undefined ? word : `${indent}${word}`, columns));
  }
  return lines;
}

/** The text on as many lines as it takes: it breaks at a space where there is one, and loses nothing but that space. */
export function folded(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => foldedLine(line.replaceAll('\t', '    '), Math.max(2, columns)));
}

function foldedLine(line: string, columns: number): string[] {
  if (isPlain.test(line) && line.length <= columns) return [line];
  const lines: string[] = [];
  let start = 0;
  let space = -1;
  let width = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    width += segmentWidth(segment);
    if (segment === ' ' && /\S/.test(line.slice(start, index))) space = index;
    if (width <= columns) continue;
    const end = space === -1 ? index : space;
    lines.push(line.slice(start, end));
    start = space === -1 ? index : space + 1;
    space = -1;
    width = widthOf(line.slice(start, index + segment.length));
  }
  return [...lines, line.slice(start)];
}

function segmentWidth(segment: string): number {
  if (wide.test(segment)) return 2;
  return empty.test(segment) ? 0 : 1;
}
