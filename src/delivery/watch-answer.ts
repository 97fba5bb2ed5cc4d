import type { Run } from '../context/run.ts';
import type { IncrementalCheck } from '../incremental/incremental-check.ts';
import { compileSchema } from '../incremental/schema/compiled-schema.ts';
import { incrementalValidator } from '../incremental/validator.ts';
import type { CallOptions, StreamPart } from '../model/language-model.ts';
import { edited, loosened, type TextEdit } from '../reading/index.ts';
import { partialJson } from '../stream/live/partial-value.ts';
import type { Fix } from '../trace/fix.ts';
import type { Fragment } from '../trace/fragment.ts';
import type { Issue } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import { releasedIssue } from '../trace/released.ts';
import type { JsonState } from './json-state.ts';
import { watchJson } from './watch-json.ts';
import { watchTests } from './watch-tests.ts';

/** Judges an answer while it streams, and releases the part that is safe. */
export interface AnswerWatch {
  /** The text after reading; `undefined` if reading changed nothing. */
  readText(): string | undefined;
  /** What reading changed in what was released. */
  fixes(): readonly Fix[];
  /** Takes the next part; returns the issues that make it pointless to go on, once there are any. */
  push(part: StreamPart): readonly Issue[] | undefined;
}

/**
 * Watches one provider call. `mayAbort` says whether the model would be asked again: an answer that a stage mends or a
 * person sees is read to its end, and so is the last one, unless it disagrees with what was delivered.
 *
 * What goes wrong in watching is no fault of the provider: the rest is read unwatched, and judged when it is complete.
 */
export function watchAnswer(run: Run, params: CallOptions, mayAbort: (fragment: Fragment) => boolean): AnswerWatch {
  let watch: AnswerWatch | undefined;
  let isBlind = false;
  return {
    readText: () => (isBlind ? undefined : watch?.readText()),
    fixes: () => watch?.fixes() ?? [],
    push(part) {
      if (isBlind) return undefined;
      try {
        watch ??= watchParts(run, params, mayAbort);
        return watch.push(part);
      } catch {
        isBlind = true;
        return undefined;
      }
    },
  };
}

function watchParts(run: Run, params: CallOptions, mayAbort: (fragment: Fragment) => boolean): AnswerWatch {
  const isAnswer = params.responseFormat === run.params.responseFormat;
  const text = isAnswer ? watchText(run, params) : undefined;
  const toolInput = watchToolInputs(run);
  // Of an answer that calls a tool, the text is no answer.
  const mayCall = (params.tools ?? []).length > 0 && params.toolChoice?.type !== 'none';
  const isJudged = run.plan.structure.length > 0 || run.plan.content.length > 0;
  const open = new Set<string>();
  /** Whether texts take turns: an answer says one after the other, so that it is judged when it is complete. */
  let isMixed = false;
  let written = '';
  return {
    fixes: () => text?.fixes() ?? [],
    readText() {
      const changes = text?.changes() ?? [];
      return isMixed || changes.length === 0 ? undefined : edited(written, { start: 0, end: written.length }, changes);
    },
    push(part) {
      switch (part.type) {
        case 'text-start':
          open.add(part.id);
          return undefined;
        case 'text-end':
          open.delete(part.id);
          return undefined;
        case 'text-delta': {
          isMixed ||= isJudged && part.delta !== '' && isBehindAnother(part.id, open);
          if (text === undefined || isMixed) return undefined;
          written += part.delta;
          const found = text.push(part.delta);
          if (found === undefined) return undefined;
          return !mayCall && mayAbort({ text: written, ...found }) ? found.issues : undefined;
        }
        case 'tool-call':
          if (!isForeign(part)) text?.hold();
          return undefined;
        case 'tool-input-start':
        case 'tool-input-delta': {
          if (part.type === 'tool-input-start' && !isForeign(part)) text?.hold();
          const issues = toolInput?.(part);
          return issues !== undefined && mayAbort({ text: written, issues }) ? issues : undefined;
        }
        default:
          return undefined;
      }
    },
  };
}

/** Whether a text that began before may still go on. */
function isBehindAnother(id: string, open: ReadonlySet<string>): boolean {
  const [first] = open;
  return first !== undefined && first !== id;
}

interface Finding {
  readonly issues: readonly Issue[];
  readonly isHopeless?: boolean;
}

interface TextWatch {
  push(delta: string): Finding | undefined;
  changes(): readonly TextEdit[];
  fixes(): readonly Fix[];
  /** Stops releasing: text after a call is sent after the call, which has to be judged first. */
  hold(): void;
}

function watchText(run: Run, params: CallOptions): TextWatch {
  const { fix } = run.settings;
  const json = watchJson(run.plan, { ...fix, mayBeProse: (params.tools ?? []).length > 0 });
  const release = run.live?.text.begin(json.fixes);
  const test = watchTests(run);
  /** The same for what is safe alone, once something was found that reading may leave out. */
  let testSafe: typeof test | undefined;
  let safe = 0;
  let read = '';
  const held = heldBackAt();
  let isOver = false;
  /** The rest is judged when it is complete. */
  let isHeld = false;

  function judge(delta: string): Finding | Exclude<JsonState, { type: 'lost' }> {
    const state = json.push(delta);
    if (state.type === 'lost') return { issues: state.issues };
    if (state.type === 'held') return state;
    const { text, safeLength, jsonStart } = state;
    // The opening of a code fence is no part of what is judged in the end.
    const fresh = text.slice(Math.max(0, jsonStart - read.length));
    read += text;
    if (testSafe === undefined) {
      const { issues, holdBack } = test(fresh);
      if (issues.length === 0) return { ...state, safeLength: held(safeLength, read.length - holdBack) };
      if (safeLength >= read.length) return { issues };
      testSafe = watchTests(run);
    }
    const { issues } = testSafe(read.slice(Math.max(safe, jsonStart), safeLength));
    safe = safeLength;
    return issues.length > 0 ? { issues } : { type: 'held' };
  }

  return {
    changes: json.changes,
    fixes: () => json.fixes(release?.sent() ?? 0),
    hold() {
      isHeld = true;
    },
    push(delta) {
      if (isOver) return undefined;
      const judged = judge(delta);
      if ('issues' in judged) {
        isOver = true;
        return judged;
      }
      if (judged.type === 'held' || isHeld) return undefined;
      const disagreement = release?.push(judged.text, judged);
      if (disagreement === undefined) return undefined;
      // A reading may still agree: judged when the answer is complete.
      isHeld = fix.values && !disagreement.isCertain;
      if (isHeld) return undefined;
      isOver = true;
      return { issues: [releasedIssue(disagreement.path)], isHopeless: true };
    },
  };
}

type ToolInputPart = Extract<StreamPart, { type: 'tool-input-start' | 'tool-input-delta' }>;

/**
 * Judges the inputs of the caller's own tools as they stream, where a check of the caller's asks for it. What only the call
 * itself brings along is read to its end: it is what goes out if nothing better comes.
 */
function watchToolInputs({
  settings,
  params,
}: Run): ((part: ToolInputPart) => readonly Issue[] | undefined) | undefined {
  const { plan, fix } = settings;
  const unknownMembers = plan.toolInput.find((check) => check.unknownMembers !== undefined)?.unknownMembers;
  if (unknownMembers === undefined) return undefined;
  const options = { additionalMembers: unknownMembers } as const;
  const inputs = new Map<string, { text: string; readonly schema: unknown; readonly judging: IncrementalCheck }>();
  return (part) => {
    if (part.type === 'tool-input-start') {
      const tool = params.tools?.find(({ name }) => name === part.toolName);
      if (tool?.type !== 'function' || isForeign(part)) return undefined;
      const schema = tool.inputSchema;
      try {
        const judging = incrementalValidator(fix.values ? loosened(schema) : schema, options).start();
        inputs.set(part.id, { text: '', schema, judging });
      } catch {
        // What is no JSON Schema is the provider's to refuse.
      }
      return undefined;
    }
    const input = inputs.get(part.id);
    if (input === undefined) return undefined;
    input.text += part.delta;
    const state = input.judging.push(part.delta);
    if (state.state !== 'dead') return undefined;
    // Nothing further on changes what is found: the rest is judged when it is complete.
    inputs.delete(part.id);
    if (fix.syntax && state.issues.some(({ kind }) => kind !== 'schema')) return undefined;
    const partial = partialJson(input.text);
    const isCut = state.issues.some(({ path }) => partial?.isCut(path) === true);
    const inFull = isCut ? [] : compileSchema(input.schema, options).issuesOf(partial?.value);
    const issues = inFull.filter(({ path }) =>
      state.issues.some((issue) => jsonPointer(issue.path) === jsonPointer(path)),
    );
    return (issues.length > 0 ? issues : state.issues).map((issue) => ({
      ...issue,
      check: 'toolInputs',
      kind: 'tool-input',
      toolCallId: part.id,
    }));
  };
}

/** A call that the provider executes, or of a tool that is not the caller's. */
function isForeign(part: object): boolean {
  const { providerExecuted, dynamic } = part as { providerExecuted?: boolean; dynamic?: boolean };
  return providerExecuted === true || dynamic === true;
}

/**
 * How much is shown where a check holds back what is after `most`. JSON goes out up to a place where it was safe before:
 * one that cannot be continued, as after a comma or in a name, would leave the next answer nothing to go on from.
 */
function heldBackAt(): (safeLength: number, most: number) => number {
  let shown = 0;
  let waiting: number[] = [];
  return (safeLength, most) => {
    if (safeLength === Number.POSITIVE_INFINITY) return most;
    if (safeLength !== waiting.at(-1)) waiting.push(safeLength);
    const first = waiting.findIndex((place) => place > most);
    if (first !== 0) {
      shown = waiting.at(first === -1 ? -1 : first - 1) ?? shown;
      waiting = first === -1 ? [] : waiting.slice(first);
    }
    return shown;
  };
}
