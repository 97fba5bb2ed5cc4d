/** A share that is written in words: "two thirds", "one in eight", "three per cent". */
export interface FoundShare {
  readonly value: number;
  /** Of "four out of five". */
  readonly counts?: readonly number[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const counts: Readonly<Record<string, number>> = {
  ...{
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
  },
  ...{ twenty: 20, ein: 1, eine: 1, einem: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, un: 1, deux: 2, trois: 3, quatre: 4 },
  ...{ cinq: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10 },
};
const parts: Readonly<Record<string, number>> = {
  ...{ half: 2, third: 3, quarter: 4, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10 },
  ...{ drittel: 3, viertel: 4, fünftel: 5, achtel: 8, zehntel: 10, tiers: 3, quart: 4, cinquième: 5, dixième: 10 },
};
const count = `(${Object.keys(counts).join('|')})`;
const part = `(${Object.keys(parts).join('|')})`;

// "A third party" and "one quarter" of a year are no shares: one part alone needs its "of", or its plural.
const fraction = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${count}[ -]${part}(s)?(?![\p{L}\p{N}-])(?=(\s(?:of|der|des|von|aller|de|du|d')(?![\p{L}]))?)`,
  'giu',
);
const oneIn = new RegExp(String.raw`(?<![\p{L}\p{N}])${count} (?:in|out of) ${count}(?![\p{L}\p{N}])`, 'giu');

const oneInDigits = /(?<![\p{L}\p{N}.,])(\d{1,3})(?: (?:in|of|out of) |\/)(\d{1,3})(?![\p{L}\p{N}]|[.,/]\d)/gu;

const half = /(?<![\p{L}\p{N}])(?:half|halb(?:e[rsn]?)?|demie?|medi[oa]|mezz[oa]|halve|mei[oa])(?![\p{L}\p{N}])/giu;

const halfOf =
  /(?<![\p{L}\p{N}-])(?<!(?:first|second|other|latter|last|top|bottom|upper|lower|better|back|front) )half(?= (?:of )?(?:the|all|its|their|our) (?!battle|time)\p{L})/giu;

/** The fractions of a text; with `alone`, also what may be none: "a quarter" is of a year too. */
export function sharesIn(text: string, alone: 'alone' | 'never alone'): FoundShare[] {
  const found: FoundShare[] = [];
  const take = (match: RegExpExecArray, value: number, counted?: readonly number[]) =>
    found.push({
      value,
      ...(counted === undefined ? {} : { counts: counted }),
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    });
  for (const match of text.matchAll(fraction)) {
    const [, counted = '', name = '', plural, of] = match;
    const [above, below] = [Number(counts[counted.toLowerCase()]), Number(parts[name.toLowerCase()])];
    if (
      above < below &&
      (alone === 'alone' || above > 1 || plural !== undefined || of !== undefined || isShareThere(text, match))
    )
      take(match, above / below);
  }
  for (const match of text.matchAll(oneIn)) {
    const [above = 0, below = 0] = match.slice(1).map((counted) => counts[counted.toLowerCase()]);
    if (above < below) take(match, above / below, [above, below]);
  }
  // In digits they are numbers of their own as well.
  for (const match of alone === 'alone' ? text.matchAll(oneInDigits) : []) {
    const [above = 0, below = 0] = match.slice(1).map(Number);
    if (above < below) take(match, above / below);
  }
  if (alone !== 'alone') for (const match of text.matchAll(halfOf)) take(match, 1 / 2);
  if (alone === 'alone') for (const match of text.matchAll(half)) take(match, 1 / 2);
  return found;
}

/** "One fifth" is no ordinal, and "is a third." ends what it says. */
function isShareThere(text: string, { 0: whole, index }: RegExpExecArray): boolean {
  const behind = text.slice(index + whole.length, index + whole.length + 12);
  if (/^one[ -](?:fi|si|se|ei|ni|te)/i.test(whole)) return !/^\s(?:grade|place|of its)/i.test(behind);
  const before = text.slice(Math.max(0, index - 12), index);
  return (
    /(?<!\p{L})(?:is|was|are|were|by|about|around|nearly|almost|roughly|over|than|exactly)\s$/iu.test(before) &&
    /^\s*(?:[.,;:!?)]|$)/.test(behind)
  );
}

/** Whether what stands at a place says percent in words. */
export function isPercentAt(text: string, place: number): boolean {
  return /^\s(?:percent|per cent|prozent|pct|pour cent|por ciento|per cento|por cento|procent)(?!\p{L})/iu.test(
    text.slice(place, place + 16),
  );
}
