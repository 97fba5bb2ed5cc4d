import type { IncrementalCheck } from '../incremental/incremental-check.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { Tokenizer } from '../incremental/text/tokenizer.ts';
import { incrementalValidator } from '../incremental/validator.ts';
import { loosened, sureText } from '../reading/index.ts';
import { partialJson } from '../stream/live/partial-value.ts';
import type { Issue } from '../trace/issue.ts';
import { issuesSoFar } from './issues-so-far.ts';
import { heldState, type JsonState, type ReadingOptions } from './json-state.ts';

/** Judges JSON while it is written against one JSON Schema. */
export interface SchemaWatch {
  /** Takes the next piece as the model writes it. */
  take(source: string): void;
  /** Judges the next piece as it is read. */
  judge(text: string): SchemaState;
  /** Whether the answer cannot fit any more, whatever follows. */
  isHopeless(): boolean;
}

export interface SchemaWatchOptions {
  readonly fix: ReadingOptions;
  /** Whether the JSON Schema expresses everything that the check judges. */
  readonly isWhole: boolean;
  readonly additionalMembers: 'judge' | 'allow';
}

type SchemaState = Exclude<JsonState, { type: 'fits' }> | { readonly type: 'fits'; readonly safeLength: number };

export function watchSchema(
  check: string,
  schema: unknown,
  { fix, isWhole, additionalMembers }: SchemaWatchOptions,
): SchemaWatch {
  const options = { additionalMembers, lenient: true } as const;
  const strict = incrementalValidator(schema, options).start();
  let written = '';
  let found: readonly Issue[] | undefined;
  let loose: IncrementalCheck | undefined;
  const sureOf = fix.syntax ? sureText() : (text: string) => text;
  /** The text that the loosened schema has not judged yet. */
  let unseen = '';
  let isProse = false;
  let end: ReturnType<typeof endOf>;
  /** Whether the last piece is nothing but white space. */
  let isBlank = false;

  /** Whether no reading can make it fit any more, whatever follows. */
  function isLost(): boolean {
    loose ??= incrementalValidator(fix.values ? loosened(schema) : schema, options).start();
    const state = loose.push(sureOf(unseen));
    unseen = '';
    return state.state === 'dead' && state.jsonStart === 0 && areOfSchema(state.issues);
  }

  /** Follows a text that does not fit as it is, until no reading can make it fit. */
  function follow(issues: readonly Issue[]): SchemaState {
    if (!isWhole) return heldState;
    if (!areOfSchema(issues)) {
      isProse = fix.syntax || fix.mayBeProse || isJson(written);
      return isProse ? heldState : lost(issues);
    }
    if (!isLost() || (end === 'closing' && isBlank)) return heldState;
    // After a value that is over, there is nothing left to save, and another one may follow.
    end = fix.syntax ? endOf(written, issues) : undefined;
    return end === undefined ? lost(issues) : heldState;
  }

  function lost(issues: readonly Issue[]): SchemaState {
    return {
      type: 'lost',
      issues: issuesSoFar(compileSchema(schema, options), { written, issues }).map((issue) => ({ ...issue, check })),
    };
  }

  function judge(text: string): SchemaState {
    if (isProse || end === 'over') return heldState;
    if (found !== undefined) return follow(found);
    const state = strict.push(text);
    isProse = state.jsonStart > 0;
    if (isProse) return heldState;
    if (state.state === 'dead') {
      found = state.issues;
      return follow(found);
    }
    // The last bracket waits until the whole answer is judged, and what is after it may be no part of the answer.
    return state.state === 'complete' ? heldState : { type: 'fits', safeLength: state.safeLength };
  }

  return {
    take(source) {
      written += source;
      unseen += source;
      isBlank = source.trim() === '';
    },
    isHopeless: () => isWhole && fix.values && isLost(),
    judge,
  };
}

/** Whether a text ends with what is wrong with it: its value is over, or nothing but closers follows so far. */
function endOf(written: string, issues: readonly Issue[]): 'over' | 'closing' | undefined {
  const partial = partialJson(written);
  if (partial === undefined || !issues.every(({ path }) => partial.isLast(path))) return undefined;
  if (partial.isOver) return 'over';
  return /[}\]]$/.test(written.trimEnd()) ? 'closing' : undefined;
}

/** Whether a text is JSON so far: a name that stands twice is a fault of no reader that keeps the last. */
function isJson(text: string): boolean {
  const tokenizer = new Tokenizer();
  tokenizer.push(text);
  let token = tokenizer.next();
  while (token !== 'more' && token !== 'error') token = tokenizer.next();
  return token === 'more';
}

function areOfSchema(issues: readonly Issue[]): boolean {
  return issues.every(({ kind }) => kind === 'schema');
}
