import { additionalMembersOf } from '../checks/additional-members.ts';
import { anyJson } from '../checks/json.ts';
import type { CheckPlan } from '../checks/plan.ts';
import { saysAll } from '../checks/says-all.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { IncrementalCheck } from '../incremental/incremental-check.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { Tokenizer } from '../incremental/text/tokenizer.ts';
import { incrementalValidator } from '../incremental/validator.ts';
import { liveReader, loosened, sureText, type TextEdit } from '../reading/index.ts';
import { partialJson } from '../stream/live/partial-value.ts';
import type { Fix } from '../trace/fix.ts';
import type { Issue } from '../trace/issue.ts';
import { deepestJson, nestsTooDeep } from '../trace/parse-json.ts';
import { issuesSoFar } from './issues-so-far.ts';

/** The state of JSON text that is being written. */
export type JsonState =
  /** The characters from `jsonStart` to `safeLength` can be shown. */
  | {
      readonly type: 'fits';
      /** The new part of the text, as it is read. */
      readonly text: string;
      readonly safeLength: number;
      readonly jsonStart: number;
      /** Whether the text so far is exactly what the model wrote. */
      readonly isAsWritten: boolean;
    }
  /** The text does not fit as it is but may still turn out right: nothing more of it is shown. */
  | { readonly type: 'held' }
  /** No check and no reading can accept the text, whatever follows. */
  | { readonly type: 'lost'; readonly issues: readonly Issue[] };

export interface JsonWatch {
  push(text: string): JsonState;
  /** What reading changed so far. */
  changes(): readonly TextEdit[];
  /** What it changed in so much of the text, as it is read. */
  fixes(length: number): readonly Fix[];
}

export interface ReadingOptions {
  readonly syntax: boolean;
  readonly values: boolean;
  /** Whether a text that is not JSON may be a valid answer. */
  readonly mayBeProse: boolean;
}

/** From this many characters on, an incomplete value is checked for whether it can still fit. */
const longWait = 64;

/** A string that is a name the SDK refuses, possibly with letters written as escapes. */
const namesPrototype = /"(?:__proto__|prototype)"|(?<!\\)(?:\\\\)*\\u00(?:5f|6[5f]|7[0249])/i;

/** How many characters of such a string may have arrived before it can be recognised. */
const longestBeginning = '"prototype'.length;

/**
 * Judges JSON while it is written against the JSON Schemas it is held to, each value as it is read. What a schema forbids
 * only for providers' sake is let through; a caller's schema has the last word on the whole answer anyway.
 */
export function watchJson({ structure }: CheckPlan, fix: ReadingOptions): JsonWatch {
  const held = mostSaying(structure).flatMap(({ name, schema }) => {
    const json = schema === undefined ? undefined : jsonSchemaOf(schema);
    if (schema === undefined || json === undefined) return [];
    return [{ name, json, isWhole: saysAll(schema), additionalMembers: additionalMembersOf(schema) }];
  });
  const judges = held.map(({ name, json, ...its }) => schemaWatch(name, json, { fix, ...its }));
  // Another schema may accept a value as it is, or read it differently.
  const readsValues = fix.values && held.every(({ isWhole }) => isWhole);
  const [first] = held;
  const schema = readsValues && first !== undefined ? compileSchema(first.json, compiled).root : undefined;
  let opening = '';
  let jsonStart: number | undefined;
  const isEdited = () => opening.slice(0, jsonStart).trim() !== '';
  const reader = fix.syntax || schema !== undefined ? liveReader({ syntax: fix.syntax, schema, isEdited }) : undefined;
  let isHeld = false;
  let isProse = false;
  /** The tail of the text in which the name of a prototype may have begun. */
  let recent = '';

  let written = '';
  /** The length at which the nesting depth is checked next. */
  let nextLook = deepestJson;
  let isTooDeep = false;

  /** Whether the text so far nests too deep. Checked each time its length has doubled. */
  function nestsDeep(source: string): boolean {
    written += source;
    if (written.length <= nextLook) return isTooDeep;
    nextLook = 2 * written.length;
    isTooDeep ||= nestsTooDeep(written);
    return isTooDeep;
  }

  /** Judges the next piece. The first one includes what comes before the JSON. */
  function judge(source: string, before = ''): JsonState {
    if (nestsDeep(source)) return heldState;
    for (const { take } of judges) take(source);
    recent = recent.slice(-longestBeginning) + source;
    // The SDK refuses such members: nothing more is shown until the whole is judged.
    isHeld ||= namesPrototype.test(recent);
    let text = reader === undefined ? source : reader.push(source);
    if (reader !== undefined && reader.kept() > longWait && judges.some(({ isHopeless }) => isHopeless())) {
      text += reader.stop();
    }
    let safeLength = Number.POSITIVE_INFINITY;
    for (const judge of judges) {
      const state = judge.judge(text);
      if (state.type === 'lost') return state;
      if (state.type === 'held') isHeld = true;
      else safeLength = Math.min(safeLength, state.safeLength);
    }
    if (isHeld) return { type: 'held' };
    const start = jsonStart ?? 0;
    const isAsWritten = reader === undefined || reader.edits.length === 0;
    return { type: 'fits', text: before + text, safeLength: start + safeLength, jsonStart: start, isAsWritten };
  }

  return {
    push(text) {
      if (judges.length === 0) return shown(text, Number.POSITIVE_INFINITY);
      if (jsonStart !== undefined) return isProse ? heldState : judge(text);
      opening += text;
      // White space decides nothing, and a megabyte of it may come in small pieces.
      if (opening !== text && text.trim() === '') return shown('', 0);
      const start = startOfJson(opening, fix.syntax || fix.mayBeProse);
      if (start === undefined) return shown('', 0);
      jsonStart = start;
      // A text that begins with anything else is judged when it is complete.
      isProse = !/[{["\d\-tfn]/.test(opening.charAt(start));
      return isProse ? heldState : judge(opening.slice(start), opening.slice(0, start));
    },
    fixes(length) {
      const start = jsonStart ?? 0;
      if (length <= start) return [];
      const before = opening.slice(0, start).replace(/[ \t\n\r]+/g, '');
      const rule = before === '\uFEFF' ? 'white-space' : 'surroundings';
      const around: readonly Fix[] = before === '' ? [] : [{ path: [], rule, from: `${before}…`, to: '' }];
      // What was left out is told once something behind it is shown.
      const made =
        reader?.edits.filter(({ text, passedAt }) => start + passedAt + (text === '' ? 1 : 0) <= length) ?? [];
      return [...around, ...made.flatMap(({ fixes }) => fixes)];
    },
    changes() {
      const edits = reader?.edits ?? [];
      return edits.map(({ start, end, text }) => ({
        start: start + (jsonStart ?? 0),
        end: end + (jsonStart ?? 0),
        text,
      }));
    },
  };
}

/** Checks with a schema first. Of those that only require JSON, one is enough. */
function mostSaying(structure: CheckPlan['structure']): CheckPlan['structure'] {
  const own = structure.filter(({ schema }) => schema !== anyJson);
  return [...own, ...structure.filter(({ schema }) => schema === anyJson).slice(0, 1)];
}

function shown(text: string, safeLength: number): JsonState {
  return { type: 'fits', text, safeLength, jsonStart: 0, isAsWritten: true };
}

const compiled = { additionalMembers: 'allow' } as const;

/** White space, a byte order mark, and the opening of a code fence may stand before the JSON. */
const plainOpening = /^[\s\uFEFF]*(?=\S)/;
const fencedOpening = /^[\s\uFEFF]*(?:```[\w-]{0,100}[^\S\n]*(?:\n\s*|(?=[{[])))?(?=[^\s`])/;

/** Where the JSON in a text begins; `undefined` while that is unknown. */
function startOfJson(text: string, syntax: boolean): number | undefined {
  const found = (syntax ? fencedOpening : plainOpening).exec(text);
  if (found !== null) return found[0].length;
  // White space is cut off first, or the expression would try each place in it.
  const isFence = syntax && /^`{0,3}[\w-]{0,100}$/.test(text.trim());
  return isFence || text.trim() === '' ? undefined : 0;
}

interface SchemaWatch {
  /** Takes the next piece as the model writes it. */
  take(source: string): void;
  /** Judges the next piece as it is read. */
  judge(text: string): SchemaState;
  /** Whether the answer cannot fit any more, whatever follows. */
  isHopeless(): boolean;
}

interface SchemaWatchOptions {
  readonly fix: ReadingOptions;
  /** Whether the JSON Schema expresses everything that the check judges. */
  readonly isWhole: boolean;
  readonly additionalMembers: 'judge' | 'allow';
}

type SchemaState = Exclude<JsonState, { type: 'fits' }> | { readonly type: 'fits'; readonly safeLength: number };

function schemaWatch(
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
    // Behind a value that is over, there is nothing left to save, and another one may follow.
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
    // The last bracket waits until the whole answer is judged, and what is behind it may be no part of the answer.
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

const heldState = { type: 'held' } as const;

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
