import { type Expression, type Position, parsePattern } from './pattern-syntax.ts';

/** More positions than this are not examined. */
const MOST_POSITIONS = 250;
/** How many steps a test may take at most, roughly. */
const MOST_STEPS = 1e8;

/** How long a text may be for a pattern to be tested on it; or why the pattern must not run. */
export type Risk =
  | { readonly type: 'bounded'; readonly longest: number }
  | { readonly type: 'unbounded'; readonly reason: string };

/**
 * Says how a backtracking engine can fare with a pattern. A repetition whose parts can share out the same text in several
 * ways (`(a+)+`, `(a|a)*`) takes exponential time; repetitions in a row that can (`.*.*x`) take polynomial time, which a
 * shorter text bounds. A back-reference is never run.
 *
 * @see https://doi.org/10.1007/978-3-319-40970-2_20 Weideman et al., on deciding this from the automaton
 */
export function riskOf(source: string, longest: number): Risk {
  if (!/[*+{]/.test(source) && !source.includes('\\')) return { type: 'bounded', longest };
  const expression = parsePattern(source);
  switch (expression.type) {
    case 'back-reference':
      return { type: 'unbounded', reason: 'it has a back-reference' };
    case 'unreadable':
      return { type: 'unbounded', reason: 'it is not understood' };
  }
  const { positions, rounds } = expression;
  const mayLoop = /[*+]|\{\d+,?\d*\}/.test(source);
  if (mayLoop && positions.length > MOST_POSITIONS) return { type: 'unbounded', reason: 'it is too long' };
  const loops = mayLoop ? loopsOf(positions) : [];
  if (loops.some((loop) => isAmbiguous(loop))) {
    return { type: 'unbounded', reason: 'its nested unbounded quantifiers can take exponential time' };
  }
  const degree = longestChain(expression, loops) + (expression.isAnchored ? 0 : 1);
  if (degree < 2) return { type: 'bounded', longest };
  const mostTested = Math.floor((MOST_STEPS / Math.min(rounds, MOST_STEPS)) ** (1 / degree));
  return { type: 'bounded', longest: Math.min(longest, mostTested) };
}

type Loop = ReadonlySet<Position>;

/** The strongly connected parts of the pattern's automaton that have a way back to themselves. */
function loopsOf(positions: readonly Position[]): Loop[] {
  const reach = new Map(positions.map((position) => [position, reachableFrom(position)]));
  const loops: Loop[] = [];
  const seen = new Set<Position>();
  for (const position of positions) {
    if (seen.has(position) || !reach.get(position)?.has(position)) continue;
    const loop = new Set([...(reach.get(position) ?? [])].filter((other) => reach.get(other)?.has(position)));
    for (const member of loop) seen.add(member);
    loops.push(loop);
  }
  return loops;
}

function reachableFrom(start: Position, isAllowed: (position: Position) => boolean = () => true): Set<Position> {
  const reached = new Set<Position>();
  const pending = [...start.next];
  for (let position = pending.pop(); position !== undefined; position = pending.pop()) {
    if (reached.has(position) || !isAllowed(position)) continue;
    reached.add(position);
    pending.push(...position.next);
  }
  return reached;
}

/** Whether two different ways round the loop read the same text. */
function isAmbiguous(loop: Loop): boolean {
  for (const position of loop) {
    const inside = position.next.filter((next) => loop.has(next));
    if (new Set(inside).size < inside.length) return true;
    for (const [index, one] of inside.entries()) {
      for (const other of inside.slice(index + 1)) {
        if (one.characters & other.characters && canMeet(one, other, loop)) return true;
      }
    }
  }
  return false;
}

/** Whether two ways that parted can meet again on the same text. */
function canMeet(one: Position, other: Position, loop: Loop): boolean {
  const seen = new Set<string>();
  const pending: [Position, Position][] = [[one, other]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [left, right] = pair;
    if (left === right) return true;
    const key = `${left.index},${right.index}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const nextLeft of left.next) {
      if (!loop.has(nextLeft)) continue;
      for (const nextRight of right.next) {
        if (loop.has(nextRight) && nextLeft.characters & nextRight.characters) pending.push([nextLeft, nextRight]);
      }
    }
  }
  return false;
}

/** How many loops in a row can share out the same text among them. */
function longestChain(expression: Extract<Expression, { type: 'automaton' }>, loops: readonly Loop[]): number {
  const follows = (one: Loop, other: Loop) =>
    [...one].some((from) => {
      const common = charactersOf(one) & charactersOf(other);
      if (common === 0n) return false;
      const reached = reachableFrom(from, (position) => one.has(position) || (position.characters & common) !== 0n);
      return [...other].some((position) => reached.has(position));
    });
  const lengths = new Map<Loop, number>();
  const lengthFrom = (loop: Loop): number => {
    const known = lengths.get(loop);
    if (known !== undefined) return known;
    lengths.set(loop, 1);
    const length = 1 + Math.max(0, ...loops.filter((next) => next !== loop && follows(loop, next)).map(lengthFrom));
    lengths.set(loop, length);
    return length;
  };
  return expression.positions.length === 0 ? 0 : Math.max(0, ...loops.map(lengthFrom));
}

function charactersOf(loop: Loop): bigint {
  let characters = 0n;
  for (const position of loop) characters |= position.characters;
  return characters;
}
