/** A fenced code block. */
export interface Fence {
  /** The first word after the opening, in lower case. */
  readonly label: string;
  readonly code: string;
  /** Where the opening line begins in the text. */
  readonly start: number;
  /** Where the block ends, its closing line included. */
  readonly end: number;
  readonly isClosed: boolean;
}

/**
 * The fenced code blocks of a text; one that is never closed ends with the text. Only lines that begin with a mark are looked
 * at.
 *
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function fencesOf(text: string): Fence[] {
  return [...fencesIn(text)];
}

/** The same, one after the other. */
export function* fencesIn(text: string): Generator<Fence> {
  if (!/`{3}|~{3}/.test(text)) return;
  const openings = /(?:^|\n)([ \t>]*)(`{3,}|~{3,})([^\n]*)/g;
  for (let opening = openings.exec(text); opening !== null; opening = openings.exec(text)) {
    const [line, indent = '', mark = '', rest = ''] = opening;
    const info = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    if (mark.startsWith('`') && info.includes('`')) continue;
    const label = info === '' ? '' : info.replace(/^\s*\{?\.?([\w+#.-]*).*$/, '$1').toLowerCase();
    const start = line.startsWith('\n') ? opening.index + 1 : opening.index;
    const closing = closingAfter(openings.lastIndex, text, mark);
    const code = codeOf(text.slice(openings.lastIndex + 1, closing?.start), indent.length);
    yield { label, code, start, end: closing?.end ?? text.length, isClosed: closing !== undefined };
    if (closing === undefined) return;
    // The line after it may open the next one.
    openings.lastIndex = closing.end - 1;
  }
}

/** The next line that has nothing but such a mark, as long or longer: from the end of the line before it. */
function closingAfter(from: number, text: string, mark: string): { start: number; end: number } | undefined {
  const closings = mark.startsWith('`') ? /\n[ \t>]*(`{3,})[^\S\n]*(?:\n|$)/g : /\n[ \t>]*(~{3,})[^\S\n]*(?:\n|$)/g;
  closings.lastIndex = from;
  for (let closing = closings.exec(text); closing !== null; closing = closings.exec(text)) {
    if ((closing[1]?.length ?? 0) >= mark.length) return { start: closing.index, end: closings.lastIndex };
    closings.lastIndex -= 1;
  }
  return undefined;
}

/** The lines of a block, without the ends of line and the indent that its opening has too. */
function codeOf(lines: string, indent: number): string {
  const code = lines.includes('\r') ? lines.replace(/\r(?=\n|$)/g, '') : lines;
  if (indent === 0) return code;
  return code
    .split('\n')
    .map((line) => withoutIndent(line, indent))
    .join('\n');
}

function withoutIndent(line: string, indent: number): string {
  let width = 0;
  while (width < indent && ' \t>'.includes(line.charAt(width) || '-')) width += 1;
  return line.slice(width);
}
