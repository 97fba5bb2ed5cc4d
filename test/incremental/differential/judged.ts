import { compileSchema, incrementalValidator } from '../../../src/incremental/index.ts';
import type { Random } from './random.ts';
import type { JsonSchema } from './random-schema.ts';

export interface Judged {
  readonly valid: boolean;
  /** Whether something was left undecided. */
  readonly isLimited: boolean;
  /** Where the ways to judge contradict each other. */
  readonly contradiction: string | undefined;
}

/** Judges a value as text in random pieces, as text among prose and as a whole. */
export function judged(schema: JsonSchema, value: unknown, random: Random): Judged {
  const text = textOf(value, random);
  const validator = incrementalValidator(schema);
  const check = validator.start();
  let isDead = false;
  let isAlive = false;
  let safeLength = 0;
  let isShrinking = false;
  for (const piece of piecesOf(text, random)) {
    const state = check.push(piece);
    if (state.state !== 'dead' && isDead) isAlive = true;
    isDead ||= state.state === 'dead';
    if (state.safeLength < safeLength) isShrinking = true;
    safeLength = state.safeLength;
  }
  const { valid, issues } = check.end();
  const whole = compileSchema(schema);
  const contradictions = {
    'dead and yet valid': valid && isDead,
    'dead and alive again': isAlive,
    'safe and not safe any more': isShrinking,
    'invalid without an issue': valid !== (issues.length === 0),
    'the whole value is judged otherwise': whole.isValid(value) !== valid,
    'issues of the whole value say otherwise': (whole.issuesOf(value).length === 0) !== valid,
    'valid, but not among prose': valid && !isValidAmongProse(schema, text),
  };
  const contradiction = Object.entries(contradictions).find(([, isFound]) => isFound)?.[0];
  return { valid, isLimited: validator.limits.length > 0, contradiction };
}

function isValidAmongProse(schema: JsonSchema, text: string): boolean {
  const check = incrementalValidator(schema, { lenient: true }).start();
  check.push(`Here it is:\n\`\`\`json\n${text}`);
  check.push('\n```\nIs that right?');
  return check.end().valid;
}

function textOf(value: unknown, random: Random): string {
  const text = JSON.stringify(value, undefined, random.pick([undefined, undefined, 1, '\t']));
  if (random.chance(0.8)) return text;
  return text.replace(/"[^"]*"/g, (string) =>
    string.replace(/[ab]/g, (letter) => `\\u00${letter === 'a' ? '61' : '62'}`),
  );
}

function* piecesOf(text: string, random: Random): Generator<string> {
  const longest = random.pick([1, 4, 16, 50_000]);
  for (let at = 0; at < text.length; ) {
    const length = 1 + random.below(text.length > 1_000 ? Math.max(longest, 500) : longest);
    yield text.slice(at, at + length);
    at += length;
  }
}
