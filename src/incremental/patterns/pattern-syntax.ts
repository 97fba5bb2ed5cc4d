/** A character or class in a pattern, and the positions that may be read after it, once for each way to get there. */
export interface Position {
  readonly index: number;
  /** The characters it matches: one bit for each of ASCII, and one for each kind of others. */
  readonly characters: bigint;
  readonly next: Position[];
}

export type Expression =
  | {
      readonly type: 'automaton';
      readonly positions: readonly Position[];
      readonly isAnchored: boolean;
      /** How many steps counts that are no loops add to each try: `a{20}` takes 20, inside `(…){3}` 60. */
      readonly rounds: number;
    }
  | { readonly type: 'back-reference' }
  | { readonly type: 'unreadable' };

/** A part of a pattern: how it may begin and end, and whether it may match nothing, or texts of several lengths. */
interface Part {
  readonly first: readonly Position[];
  readonly last: readonly Position[];
  readonly isEmpty: boolean;
  readonly isVariable: boolean;
}

const NOTHING: Part = { first: [], last: [], isEmpty: true, isVariable: false };
/** Larger counts are read as so many copies if each matches texts of one length, else as loops. */
const MOST_COPIES = 3;
/** More characters than this are not read, copies included: copies inside copies multiply. */
const MOST_READ = 5_000;
/** Deeper groups are not read. */
const DEEPEST = 200;
/** Parts longer than this are copied once only. */
const LONG = 100;

class BackReference extends Error {}
class Unreadable extends Error {}

/**
 * Reads a pattern into its position automaton (Glushkov's). Assertions other than `^` are read as if they were not there:
 * that can only make a pattern look riskier than it is.
 */
export function parsePattern(source: string): Expression {
  const positions: Position[] = [];
  let at = 0;
  let read = 0;
  let depth = 0;
  let rounds = 1;
  let isCopy = false;

  function alternatives(): Part {
    let all = sequence();
    while (source[at] === '|') {
      at++;
      const one = sequence();
      all = {
        first: [...all.first, ...one.first],
        last: [...all.last, ...one.last],
        isEmpty: all.isEmpty || one.isEmpty,
        isVariable: true,
      };
    }
    return all;
  }

  function sequence(): Part {
    let whole = NOTHING;
    while (at < source.length && source[at] !== '|' && source[at] !== ')') whole = join(whole, repeated());
    return whole;
  }

  function repeated(): Part {
    const start = at;
    const part = atom();
    const end = at;
    const [text, count] = /^(?:[*+?]|\{(\d+(?:,\d*)?)\})\??/.exec(source.slice(at, at + 24)) ?? [];
    if (text === undefined) return part;
    const [min, max] = limits(text, count);
    const isCounted = max > MOST_COPIES && max < Number.POSITIVE_INFINITY && (min < max || part.isVariable);
    const isLoop = max === Number.POSITIVE_INFINITY || isCounted;
    if (!isLoop && !isCopy) rounds *= Math.max(1, max);
    const copies = [part];
    const wasCopy = isCopy;
    isCopy = true;
    const wanted = Math.min(isLoop ? Math.max(min, 1) : max, end - start > LONG ? 2 : MOST_COPIES);
    while (copies.length < wanted) {
      at = start;
      copies.push(atom());
    }
    isCopy = wasCopy;
    at = end + text.length;
    if (max === 0) return NOTHING;
    // which rounds of a count match nothing is one more way to share out a text
    if (isCounted && part.isEmpty) loop(copies.at(-1) ?? part);
    return repetition(copies, min, isLoop);
  }

  function atom(): Part {
    if (++read > MOST_READ) throw new Unreadable();
    const rest = source.slice(at, at + 200);
    const [group] = /^\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/.exec(rest) ?? [];
    if (group !== undefined) return groupOf(group);
    if (/^(?:\^|\$|\\[bB])/.test(rest)) {
      at += rest.startsWith('\\') ? 2 : 1;
      return NOTHING;
    }
    if (/^\\(?:[1-9]|k<)/.test(rest)) throw new BackReference();
    const [character] = CHARACTER.exec(rest) ?? [];
    if (character === undefined) throw new Unreadable();
    at += character.length;
    const position = { index: positions.length, characters: charactersOf(character), next: [] };
    if (positions.push(position) > 1_000) throw new Unreadable();
    return { first: [position], last: [position], isEmpty: false, isVariable: false };
  }

  function groupOf(opening: string): Part {
    at += opening.length;
    if (++depth > DEEPEST) throw new Unreadable();
    const inside = alternatives();
    depth--;
    if (source[at++] !== ')') throw new Unreadable();
    return /[=!]$/.test(opening) ? NOTHING : inside;
  }

  try {
    const isAnchored = topLevelAlternatives(source).every((one) => /^\(*(?:\?:)?\^/.test(one));
    alternatives();
    if (at < source.length) return { type: 'unreadable' };
    return { type: 'automaton', positions, isAnchored, rounds };
  } catch (error) {
    if (error instanceof BackReference) return { type: 'back-reference' };
    if (error instanceof Unreadable) return { type: 'unreadable' };
    throw error;
  }
}

const CHARACTER =
  /^(?:\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[a-zA-Z]|\\[pP]\{[^}]*\}|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[\s\S])/u;

function limits(quantifier: string, count: string | undefined): [number, number] {
  if (count !== undefined) {
    const [min = '0', max] = count.split(',');
    return [Number(min), max === undefined ? Number(min) : max === '' ? Number.POSITIVE_INFINITY : Number(max)];
  }
  if (quantifier.startsWith('?')) return [0, 1];
  return [quantifier.startsWith('*') ? 0 : 1, Number.POSITIVE_INFINITY];
}

function join(one: Part, other: Part): Part {
  for (const last of one.last) last.next.push(...other.first);
  return {
    first: one.isEmpty ? [...one.first, ...other.first] : one.first,
    last: other.isEmpty ? [...one.last, ...other.last] : other.last,
    isEmpty: one.isEmpty && other.isEmpty,
    isVariable: one.isVariable || other.isVariable,
  };
}

/** `x{2,4}` as `xx(x(x)?)?`, `x{2,}` as `xx+`: each further copy can only come after the one before. */
function repetition(copies: readonly Part[], min: number, isLoop: boolean): Part {
  let rest = NOTHING;
  for (const [index, copy] of [...copies.entries()].reverse()) {
    if (isLoop && index === copies.length - 1) loop(copy);
    rest = join(copy, rest);
    if (index >= min) rest = { ...rest, isEmpty: true };
  }
  return isLoop || min < copies.length ? { ...rest, isVariable: true } : rest;
}

function loop(part: Part): void {
  for (const last of part.last) last.next.push(...part.first);
}

/** What stands between the `|` outside all groups, with classes and escapes blotted out. */
function topLevelAlternatives(source: string): string[] {
  const alternatives = [''];
  let depth = 0;
  for (const character of source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, 'x')) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === '|' && depth === 0) alternatives.push('');
    else alternatives[alternatives.length - 1] += character;
  }
  return alternatives;
}

/** What is not ASCII is told apart by kind: letters, spaces, and astral characters. */
const OTHERS = ['é', '\u00a0', '😀'];
const ALL_CHARACTERS = (1n << BigInt(128 + OTHERS.length)) - 1n;
const known = new Map<string, bigint>();

function charactersOf(source: string): bigint {
  if (source.length === 1 && source !== '.' && source.charCodeAt(0) < 128) return 1n << BigInt(source.charCodeAt(0));
  let characters = known.get(source);
  if (characters === undefined) {
    characters = matchedCharacters(source);
    if (known.size < 1_000) known.set(source, characters);
  }
  return characters;
}

function matchedCharacters(source: string): bigint {
  for (const flags of ['u', '']) {
    try {
      const expression = new RegExp(`^(?:${source})$`, flags);
      let characters = 0n;
      for (let index = 0; index < 128 + OTHERS.length; index++) {
        const character = OTHERS[index - 128] ?? String.fromCharCode(index);
        if (expression.test(character)) characters |= 1n << BigInt(index);
      }
      // a class of rare characters still is one
      return characters === 0n ? ALL_CHARACTERS - ((1n << 128n) - 1n) : characters;
    } catch {
      // perhaps it is right without the flag
    }
  }
  return ALL_CHARACTERS;
}
