import { type Edge, type Expression, MOST_LOOKS } from './expression.ts';
import type { Flags } from './flags.ts';

/** Deeper groups are not read. */
const DEEPEST = 200;

/** Why a pattern is not read, though it is a regular expression. */
export class Unreadable extends Error {}

/**
 * Reads a pattern that is known to be a regular expression of ECMA-262.
 *
 * @throws Unreadable for back-references, groups nested too deep and syntax newer than this.
 */
export function parsePattern(source: string, { isUnicode, isMultiline }: Flags): Expression {
  let at = 0;
  let depth = 0;
  let looks = 0;

  function peek(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = at;
    return expression.exec(source) ?? undefined;
  }

  function take(expression: RegExp): RegExpExecArray | undefined {
    const match = peek(expression);
    at += match?.[0].length ?? 0;
    return match;
  }

  function choice(): Expression {
    const options = [sequence()];
    while (take(/\|/y)) options.push(sequence());
    return options.length > 1 ? { type: 'choice', options } : (options[0] as Expression);
  }

  function sequence(): Expression {
    const parts: Expression[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(repetition());
    return { type: 'sequence', parts };
  }

  function repetition(): Expression {
    const part = atom();
    const [text, sign, low, comma, high] = take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y) ?? [];
    if (text === undefined) return part;
    if (sign !== undefined) {
      return { type: 'repetition', part, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    const min = Number(low);
    const max = comma === '' ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    return { type: 'repetition', part, min, max };
  }

  function atom(): Expression {
    const edge = take(/\^|\$|\\[bB]/y);
    if (edge !== undefined) return { type: 'edge', at: (isMultiline ? LINE_EDGES : EDGES)[edge[0]] as Edge };
    const opening = take(/\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?/y);
    if (opening !== undefined) return group(opening[0]);
    if (isBackReference()) throw new Unreadable('it has a back-reference');
    const character = take(isUnicode ? CHARACTER_WITH_U : CHARACTER);
    if (character === undefined) throw new Unreadable('it is not understood');
    return { type: 'character', source: character[0] };
  }

  function group(opening: string): Expression {
    if (++depth > DEEPEST) throw new Unreadable('it is nested too deep');
    const part = choice();
    depth--;
    if (take(/\)/y) === undefined) throw new Unreadable('it is not understood');
    if (!/[=!]$/.test(opening)) return part;
    if (++looks > MOST_LOOKS) throw new Unreadable('it looks around too often');
    return { type: 'look', isBehind: opening.includes('<'), isNegative: opening.endsWith('!'), part };
  }

  /** Without the `u` flag, a number that no group has is an octal escape. */
  function isBackReference(): boolean {
    const [text, number] = peek(/\\(?:([1-9]\d*)|k<)/y) ?? [];
    if (text === undefined) return false;
    return number === undefined || isUnicode || Number(number) <= groupsIn(source);
  }

  const expression = choice();
  if (at < source.length) throw new Unreadable('it is not understood');
  return expression;
}

const EDGES: Readonly<Record<string, Edge>> = { '^': 'start', $: 'end', '\\b': 'word', '\\B': 'no-word' };
const LINE_EDGES: typeof EDGES = { ...EDGES, '^': 'line-start', $: 'line-end' };

const CHARACTER_WITH_U =
  /\\u\{[^}]*\}|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[a-zA-Z]|\\[pP]\{[^}]*\}|\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[^?*+)\\]/uy;
const CHARACTER =
  /\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[a-zA-Z]|\\[0-3][0-7]{0,2}|\\[4-7][0-7]?|\\[^c]|\[(?:\\[\s\S]|[^\]\\])*\]|[^?*+)\\]/y;

function groupsIn(source: string): number {
  return source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, '').match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0;
}
