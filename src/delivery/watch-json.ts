import { anyJson } from '../checks/json.ts';
import { additionalMembersOf } from '../checks/plan/additional-members.ts';
import type { CheckPlan } from '../checks/plan/plan.ts';
import { saysAll } from '../checks/plan/says-all.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { liveReader, type TextEdit } from '../reading/index.ts';
import type { Fix } from '../trace/fix.ts';
import { deepestJson, nestsTooDeep } from '../trace/parse-json.ts';
import { heldState, type JsonState, type ReadingOptions } from './json-state.ts';
import { startOfJson } from './start-of-json.ts';
import { watchSchema } from './watch-schema.ts';

export interface JsonWatch {
  push(text: string): JsonState;
  /** What reading changed so far. */
  changes(): readonly TextEdit[];
  /** What it changed in so much of the text, as it is read. */
  fixes(length: number): readonly Fix[];
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
  const judges = held.map(({ name, json, ...its }) => watchSchema(name, json, { fix, ...its }));
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
      // What was left out is told once something after it is shown.
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
