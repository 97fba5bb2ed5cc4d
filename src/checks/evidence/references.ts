export interface Reference {
  readonly ids: readonly string[];
  readonly start: number;
}

const bracketed = /\[\^?([^\][\n]{1,200})\](?![(:])|【(\d{1,6})(?:[†:][^】\n]{0,200})?】/gu;

/** The references of a text: what stands in brackets and has the form of an id. */
export function referencesIn(text: string, isId: (text: string) => boolean): Reference[] {
  const found: Reference[] = [];
  for (const match of text.matchAll(bracketed)) {
    const named = match
      .slice(1)
      .join('')
      .split(/\s?[,;]\s?\^?/)
      .flatMap((id) => idsOf(id.trim(), isId));
    if (named.length > 0 && named.every(isId)) found.push({ ids: named, start: match.index });
  }
  return found;
}

/** The ids of a range: `1-3`, `doc-1–doc-3`. */
function idsOf(named: string, isId: (text: string) => boolean): string[] {
  const range = isId(named) ? undefined : /^(\D{0,40})([1-9]\d{0,2})\s?[-–—]\s?\1([1-9]\d{0,2})$/u.exec(named);
  const [, before = '', first, last] = range ?? [];
  const count = Number(last) - Number(first);
  if (!(count > 0 && count < longestRange)) return [named];
  return Array.from({ length: count + 1 }, (_, index) => before + (Number(first) + index));
}

const longestRange = 50;

/** Whether a text looks like one of the ids: as one of them, with other digits. */
export function idForm(ids: readonly string[]): (text: string) => boolean {
  const known = new Set(ids);
  const forms = new Set(ids.map(formOf));
  return (text) => known.has(text) || (/\d/.test(text) && forms.has(formOf(text)));
}

function formOf(id: string): string {
  return id.replace(/\d+/g, '0').toLowerCase();
}

export interface Quotation {
  readonly said: string;
  readonly start: number;
  readonly end: number;
}

/** Quotations in the marks of many languages, and of HTML. Where a mark also closes, one that opens follows no letter or digit. */
const marked =
  /"([^"\n]{1,2000})"|“([^“”\n]{1,2000})”|(?<![\p{L}\p{N}])”([^“”\n]{1,2000})”|„([^„“”\n]{1,2000})[“”]|«([^«»\n]{1,2000})»|(?<![\p{L}\p{N}])»(?!\s)([^«»\n]{1,2000})(?<!\s)[«»]|‹([^‹›\n]{1,2000})›|(?<![\p{L}\p{N}])›(?!\s)([^‹›\n]{1,2000})(?<!\s)‹|‚([^‚‘’\n]{1,2000})[‘’](?!\p{L})|「([^「」\n]{1,2000})」|『([^『』\n]{1,2000})』|&quot;([^&\n]{1,2000})&quot;|<(?:q|blockquote)>([^<>]{1,2000})<\//giu;
/** Lines that Markdown quotes, one after the other, after the line before them. */
const block = /(?<=^|\n)(?:([^\n>]{0,300}):[*_]{0,2}[ \t]*\n\s{0,3})((?: {0,3}>[^\n]{0,2000}(?:\n|$)){1,100})/g;
/** A block may be a draft or a note: it quotes where the line before it says so. */
const introduces =
  /\b(?:says?|said|states?|stated|reads?|quot\w*|wrote|writes|verbatim|word for word|wörtlich|zitat|zitiert|sagt\w*|schreib\w*|heißt es|lautet|steht|dit|écrit|cite|citation|dice|escrib\w*|cita\w*|scrive)\b/iu;

/** The quotations of a text, in marks and in blocks. */
export function allQuotationsIn(text: string): Quotation[] {
  const found = [...text.matchAll(marked)].map((match) => {
    const said = match.slice(1).find((part) => part !== undefined) ?? '';
    return { said, start: match.index, end: match.index + match[0].length };
  });
  if (!text.includes('>')) return found;
  for (const { 0: whole, 1: before = '', 2: lines = '', index } of text.matchAll(block)) {
    const start = index + whole.length - lines.length;
    const end = start + lines.trimEnd().length;
    // What stands in marks within a block is the quotation.
    if (introduces.test(before) && lines.search(marked) < 0)
      found.push({ said: lines.replace(/^ {0,3}> ?/gm, ''), start, end });
  }
  return found;
}

/** The quotations of a text of at least three words. */
export function quotationsIn(text: string): Quotation[] {
  return allQuotationsIn(text).filter(({ said }) => (said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) > 2);
}
