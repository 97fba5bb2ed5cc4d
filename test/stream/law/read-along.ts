import { excludes, length } from '../../../src/checks/index.ts';
import { type Check, check } from '../../../src/index.ts';
import type { Random } from '../../faults/simulation/random.ts';

/** Checks that judge a text while it streams, and what they refuse. */
export interface ReadAlong {
  readonly checks: readonly Check[];
  /** The right value up to somewhere in it, and then what no check lets through. */
  spoilt(value: unknown, random: Random): unknown;
  /** The text with words around it that no check would let through in it. */
  around(text: string, random: Random): string;
}

const forbidden = 'forbidden words';

/** Where any JSON will do, nothing may judge its end: a wrapper that was shown would be faulty. */
export function readAlong(right: unknown, { isAny }: { isAny: boolean }, random: Random): ReadAlong | undefined {
  if (random.chance(0.55)) return undefined;
  const size = JSON.stringify(right).length;
  return {
    checks: random.pick(isAny ? choices.slice(1) : choices)({ size, random }),
    spoilt: withForbidden,
    around: (text, chance) => chance.pick(surroundings)(text),
  };
}

const choices: readonly ((given: { readonly size: number; readonly random: Random }) => readonly Check[])[] = [
  () => [excludes(forbidden), endsWith('}')],
  () => [excludes(forbidden)],
  () => [excludes(['FORBIDDEN Words', 'never there'], { ignoreCase: true })],
  ({ random }) => [refusesWord(random.pick([0, 3, 40, Number.POSITIVE_INFINITY]))],
  ({ size }) => [excludes(forbidden), length({ max: 3 * size + 400 })],
  ({ size }) => [excludes(forbidden), length({ max: size + 10 })],
  ({ size }) => [excludes(forbidden), length({ min: Math.floor(size / 2) })],
];

/** Finds a word, and asks for as much to be held back beside what it is the beginning of. */
function refusesWord(more: number): Check {
  return check({
    name: 'refuses-word',
    start() {
      let text = '';
      const judging = {
        holdBack: 0,
        push(piece: string) {
          text += piece;
          const start = forbidden.split('').findLast((_, index) => text.endsWith(forbidden.slice(0, index + 1)));
          judging.holdBack = (start === undefined ? 0 : forbidden.length) + more;
          return text.includes(forbidden) ? [{ message: 'Leave these words out.' }] : undefined;
        },
        end: () => true as const,
      };
      return judging;
    },
  });
}

/** Judges nothing before the end. */
function endsWith(end: string): Check {
  return check({
    name: 'ends-with',
    start() {
      let text = '';
      return {
        push(piece) {
          text += piece;
          return undefined;
        },
        end: () => text.trimEnd().endsWith(end) || 'End properly.',
      };
    },
  });
}

/** In a text of it, or as the name of a member: what is shown before is as it was. */
function withForbidden(value: unknown, random: Random): unknown {
  if (typeof value === 'string') {
    const at = random.between(0, value.length);
    return `${value.slice(0, at)}${forbidden}${random.pick(['', value.slice(at)])}`;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (!Array.isArray(value) && random.chance(0.2)) return { ...value, [forbidden]: 1 };
  if (entries.length === 0) return value;
  const [name, member] = random.pick(entries);
  const changed = withForbidden(member, random);
  if (Array.isArray(value)) return value.with(Number(name), changed);
  return Object.fromEntries(entries.map(([key, old]) => [key, key === name ? changed : old]));
}

const surroundings: readonly ((text: string) => string)[] = [
  (text) => `${text}\nThere are no forbidden words.`,
  (text) => `No forbidden words:\n\n${text}`,
  (text) => `<think>No forbidden words.</think>${text}`,
  (text) => `// forbidden words\n${text}`,
  (text) => `\`\`\`json\n${text}\n\`\`\`\nNo forbidden words.`,
];
