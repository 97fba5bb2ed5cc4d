import type { CheckPlan } from '../checks/plan.ts';
import { saysAll } from '../checks/says-all.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { IncrementalCheck } from '../incremental/incremental-check.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { incrementalValidator } from '../incremental/validator.ts';
import { loosened } from '../reading/index.ts';
import { partialValue } from '../stream/live/partial-value.ts';
import type { Issue } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';

/** How the JSON of a text stands that is being written. */
export type JsonState =
  /** Its characters before `safeLength` can be shown, from `jsonStart` on. */
  | { readonly type: 'fits'; readonly safeLength: number; readonly jsonStart: number }
  /** It does not fit as it stands, and may still turn out to be right: nothing more of it is shown. */
  | { readonly type: 'held' }
  /** Whatever follows, no check and no reading will have it. */
  | { readonly type: 'lost'; readonly issues: readonly Issue[] };

export interface JsonWatch {
  push(text: string): JsonState;
}

export interface ReadingOptions {
  readonly syntax: boolean;
  readonly values: boolean;
}

/**
 * Judges JSON while it is written against the JSON Schemas it is held to. What a schema forbids only for providers' sake
 * is let through; a caller's schema has the last word on the whole answer anyway.
 */
export function watchJson({ structure }: CheckPlan, fix: ReadingOptions): JsonWatch {
  const judges = structure.flatMap(({ name, schema }) => {
    const json = schema === undefined ? undefined : jsonSchemaOf(schema);
    return schema === undefined || json === undefined
      ? []
      : [schemaWatch(name, json, { fix, isWhole: saysAll(schema) })];
  });
  let opening = '';
  let jsonStart: number | undefined;
  let isHeld = false;
  let isProse = false;

  function judge(text: string): JsonState {
    let safeLength = Number.POSITIVE_INFINITY;
    for (const push of judges) {
      const state = push(text);
      if (state.type === 'lost') return state;
      if (state.type === 'held') isHeld = true;
      else safeLength = Math.min(safeLength, state.safeLength);
    }
    const start = jsonStart ?? 0;
    return isHeld ? { type: 'held' } : { type: 'fits', safeLength: start + safeLength, jsonStart: start };
  }

  return {
    push(text) {
      if (judges.length === 0) return { type: 'fits', safeLength: Number.POSITIVE_INFINITY, jsonStart: 0 };
      if (jsonStart !== undefined) return isProse ? held : judge(text);
      opening += text;
      const start = startOfJson(opening, fix.syntax);
      if (start === undefined) return { type: 'fits', safeLength: 0, jsonStart: 0 };
      jsonStart = start;
      // What begins with anything else is judged when it is whole.
      isProse = !/[{["\d\-tfn]/.test(opening.charAt(start));
      return isProse ? held : judge(opening.slice(start));
    },
  };
}

/** White space, a byte order mark, and the opening of a code fence may stand before the JSON. */
const plainOpening = /^[\s\uFEFF]*(?=\S)/;
const fencedOpening = /^[\s\uFEFF]*(?:```[\w-]*[^\S\n]*(?:\n\s*|(?=[{[])))?(?=[^\s`])/;

/** Where the JSON of a text begins; `undefined` while that cannot be said. */
function startOfJson(text: string, syntax: boolean): number | undefined {
  const found = (syntax ? fencedOpening : plainOpening).exec(text);
  if (found !== null) return found[0].length;
  const isFence = syntax && /^[\s\uFEFF]*`{0,3}[\w-]*\s*$/.test(text);
  return isFence || text.trim() === '' ? undefined : 0;
}

interface SchemaWatchOptions {
  readonly fix: ReadingOptions;
  /** Whether the JSON Schema says all that the check will say. */
  readonly isWhole: boolean;
}

type SchemaState = Exclude<JsonState, { type: 'fits' }> | { readonly type: 'fits'; readonly safeLength: number };

function schemaWatch(check: string, schema: unknown, { fix, isWhole }: SchemaWatchOptions) {
  const options = { additionalMembers: 'allow', lenient: true } as const;
  const strict = incrementalValidator(schema, options).start();
  let written = '';
  let found: readonly Issue[] | undefined;
  let loose: IncrementalCheck | undefined;
  let isProse = false;

  /** Follows what does not fit as it stands, until no reading could make it fit. */
  function follow(text: string, issues: readonly Issue[]): SchemaState {
    if (!isWhole) return held;
    if (!areOfSchema(issues)) return fix.syntax ? held : lost(issues);
    if (!fix.values) return lost(issues);
    loose ??= incrementalValidator(loosened(schema), options).start();
    const state = loose.push(text);
    return state.state === 'dead' && state.jsonStart === 0 && areOfSchema(state.issues) ? lost(issues) : held;
  }

  function lost(issues: readonly Issue[]): SchemaState {
    return { type: 'lost', issues: inFull(issues).map((issue) => ({ ...issue, check })) };
  }

  /** The issues as they are worded when the value is there, which names what was received. */
  function inFull(issues: readonly Issue[]): readonly Issue[] {
    const all = compileSchema(schema, options).issuesOf(partialValue(written));
    return issues.map((issue) => all.find(({ path }) => jsonPointer(path) === jsonPointer(issue.path)) ?? issue);
  }

  return (text: string): SchemaState => {
    if (isProse) return held;
    written += text;
    if (found !== undefined) return follow(text, found);
    const state = strict.push(text);
    isProse = state.jsonStart > 0;
    if (isProse) return held;
    if (state.state === 'dead') {
      found = state.issues;
      return follow(written, found);
    }
    // The last bracket waits until the whole is judged.
    return { type: 'fits', safeLength: state.state === 'complete' ? 0 : state.safeLength };
  };
}

const held = { type: 'held' } as const;

function areOfSchema(issues: readonly Issue[]): boolean {
  return issues.every(({ kind }) => kind === 'schema');
}
