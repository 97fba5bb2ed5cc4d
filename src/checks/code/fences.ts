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
 * The fenced code blocks of a text; one that is never closed ends with the text.
 *
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function fencesOf(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { indent: number; mark: string; label: string; start: number; code: string[] } | undefined;
  let position = 0;
  for (const line of text.split('\n')) {
    const start = position;
    position += line.length + 1;
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (open === undefined) {
      const [, indent = '', mark = '', info = ''] = /^([ \t>]*)(`{3,}|~{3,})([^\n]*)$/.exec(content) ?? [];
      if (mark === '' || (mark.startsWith('`') && info.includes('`'))) continue;
      const label = info.replace(/^\s*\{?\.?([\w+#.-]*).*$/, '$1').toLowerCase();
      open = { indent: indent.length, mark, label, start, code: [] };
    } else if (isClosing(content, open.mark)) {
      fences.push({ ...closed(open), end: Math.min(position, text.length), isClosed: true });
      open = undefined;
    } else open.code.push(withoutIndent(content, open.indent));
  }
  if (open !== undefined) fences.push({ ...closed(open), end: text.length, isClosed: false });
  return fences;
}

function isClosing(line: string, mark: string): boolean {
  const trimmed = line.replace(/^[ \t>]+/, '').trimEnd();
  return trimmed.length >= mark.length && trimmed === mark.charAt(0).repeat(trimmed.length);
}

function withoutIndent(line: string, indent: number): string {
  let width = 0;
  while (width < indent && ' \t>'.includes(line.charAt(width) || '-')) width += 1;
  return line.slice(width);
}

function closed({ label, start, code }: { label: string; start: number; code: readonly string[] }) {
  return { label, start, code: code.join('\n') };
}
