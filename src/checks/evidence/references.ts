export interface Reference {
  readonly ids: readonly string[];
  readonly start: number;
}

const bracketed = /\[\^?([^\][\n]{1,200})\](?![(:])|【(\d{1,6})(?:[†:][^】\n]{0,200})?】/gu;

/** The references of a text: what stands in brackets and has the form of an id. */
export function referencesIn(text: string, ids: readonly string[]): Reference[] {
  const isId = idForm(ids);
  const found: Reference[] = [];
  for (const match of text.matchAll(bracketed)) {
    const named = match
      .slice(1)
      .join('')
      .split(/\s?[,;]\s?\^?/)
      .map((id) => id.trim());
    if (named.length > 0 && named.every(isId)) found.push({ ids: named, start: match.index });
  }
  return found;
}

/** Whether a text looks like one of the ids: as one of them, with other digits. */
function idForm(ids: readonly string[]): (text: string) => boolean {
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

const quotation = /"([^"\n]{1,2000})"|“([^“”\n]{1,2000})”|„([^„“”\n]{1,2000})[“”]|«([^«»\n]{1,2000})»/gu;

/** The quotations of a text of at least three words. */
export function quotationsIn(text: string): Quotation[] {
  return [...text.matchAll(quotation)].flatMap((match) => {
    const said = match[0].slice(1, -1);
    const isSentence = (said.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) > 2;
    return isSentence ? [{ said, start: match.index, end: match.index + match[0].length }] : [];
  });
}
