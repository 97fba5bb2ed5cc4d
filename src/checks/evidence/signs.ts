/** Which side of zero a number is on: `either` where its writing leaves it open, as in `(5)`. */
export type Sign = 'positive' | 'negative' | 'either';

/** A dash before the digits, with a currency between them at most. */
const attached = /[-−–](?:[$€£¥]|[A-Z]{3}\s)?$/u;
/** "Al menos" and "au moins" say at least. */
const lessInWords = /(?<!\b(?:al|lo|au|du|pelo|ao|il|tout) )(?:\bminus|\bnegativ(?:e|es)?|\bmoins|\bmenos|\bmeno)\s$/iu;

/**
 * The sign of a number by what stands before it, from the dash, bracket or currency on, and after it. A dash that has a
 * space after it is a bullet or may be a range, brackets may be an accountant's, `5-` a ledger's.
 */
export function signOf(text: string, { start, from, end }: { start: number; from: number; end: number }): Sign {
  const before = text.slice(from, start);
  if (lessInWords.test(text.slice(Math.max(0, from - 12), from))) return 'negative';
  if (before.startsWith('(') && text[end] === ')') return 'either';
  if (/[±/^]/.test(text[from - 1] ?? '') && /[-−–]/.test(before)) return 'either';
  if (/[-−–]/.test(before)) {
    if (/[-−–]/.test(text[from - 1] ?? '') || /[-−–]{2}/.test(before)) return 'either';
    if (attached.test(before)) return 'negative';
    const isBullet = /(?:^|\n)[ \t>]*$/.test(text.slice(Math.max(0, from - 20), from));
    return isBullet ? 'positive' : 'either';
  }
  return /^[-−](?![\p{L}\p{N}])/u.test(text.slice(end, end + 2)) ? 'either' : 'positive';
}

/** Words for what is taken away, owed or below: with them an amount is said with a minus and without. */
const less =
  /(?<!\p{L})(?:loss(?:es)?|lost|los(?:e|es|ing)|discounts?|rebates?|refund(?:s|ed)?|credit(?:s|ed)?|debit(?:s|ed)?|deduct(?:s|ed|ions?)?|reduc(?:e|es|ed|tions?)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|fell|fall(?:s|en)?|drop(?:s|ped)?|shr(?:a|u|i)nk(?:s|ing)?|down|cut(?:s)?|less|lower|below|under|deficits?|shortfalls?|overdraf?t|overdrawn|withdraw(?:n|als?)?|expenses?|costs?|payments?|paid|pays?|spent|spends?|rent|fees?|charges?|outflows?|outgoings?|write-?offs?|impairments?|depreciation|amortis?z?ation|returns?|returned|adjustments?|verlust\p{L}*|rabatt\p{L}*|skonto|nachlass|gutschrift\p{L}*|erstatt\p{L}*|abzug|abzüge|abzüglich|minderung\p{L}*|rückgang|gefallen|gesunken|sank|unter|weniger|fehlbetrag|ausgaben?|zahlung\p{L}*|(?:be|ge)zahlt\p{L}*|überw(?:ies|eis)\p{L}*|abgebucht\p{L}*|abbuchung\p{L}*|kosten|kostet\p{L}*|gebühr\p{L}*|miete|beitrag|beiträge|abschlag|lastschrift\p{L}*|pertes?|remises?|loyers?|dépenses?|payée?s?|frais|avoirs?|rembours\p{L}*|baisse\p{L}*|déficit|pérdidas?|descuentos?|reembols\p{L}*|abonos?|gastos?|pagos?|pagó|alquiler(?:es)?|perdit[ae]|scont[oi]|rimbors\p{L}*|spes[ae]|pagat[oa]|affitt[oi]|verlies|korting\p{L}*|terugbetal\p{L}*|betaald\p{L}*|kosten|huur)(?!\p{L})/giu;
/** A whole document that takes back what another one billed. */
const creditNote =
  /credit\s?(?:note|memo)|gutschrift|stornorechnung|facture d['’]avoir|note de crédit|nota de crédito|nota di credito|creditnota/i;

const wordsBefore = 60;
const wordsBehind = 30;

/** Whether the line around a number says that it is taken away; `fell to 5` does not. */
export function saysLess(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - wordsBefore), start).replace(/^[\s\S]*(?:[\n;|]|[.!?]\s)/, '');
  if (/(?<!\p{L})(?:to|at|auf|bei|à|a)\s[^\p{L}\p{N}]{0,3}$/iu.test(before)) return false;
  const behind = text.slice(end, end + wordsBehind).replace(/(?:[\n;|]|[.!?](?:\s|$))[\s\S]*$/, '');
  return hasLess(before) || hasLess(behind);
}

/** Whether a name says it: of a member, as `totalDiscount`. */
export function namesLess(name: string): boolean {
  return hasLess(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replace(/[_-]/g, ' '));
}

export function isCreditNote(text: string): boolean {
  return creditNote.test(text);
}

function hasLess(text: string): boolean {
  less.lastIndex = 0;
  return less.test(text);
}
