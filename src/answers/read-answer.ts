import { leavesValue } from '../checks/plan/leaves-value.ts';
import type { CheckPlan } from '../checks/plan/plan.ts';
import { schemaOfPlan } from '../checks/plan/schema-of-plan.ts';
import { lenientToolInputs } from '../checks/plan/zero-config.ts';
import type { Steps } from '../effects/in-turns.ts';
import type { CallOptions, ContentPart, GenerateResult, StreamPart, ToolCall } from '../model/language-model.ts';
import { keepsMembers, type ReadInStepsOptions, type ReadJson, readInSteps } from '../reading/index.ts';
import { copied } from '../trace/copied.ts';
import type { Fix } from '../trace/fix.ts';
import { answerOf, type Candidate } from './candidate.ts';
import type { Reading } from './may-be-read.ts';
import { withText, withTextParts } from './with-text.ts';

/**
 * The ways to read an answer that does not fit as it stands: for its JSON alone first, then as the schema wants it. Gives
 * `undefined` between the steps of the work, where a long answer lets the event loop turn.
 */
export function* readings(
  candidate: Candidate,
  plan: CheckPlan,
  reading: Reading,
): Generator<Candidate | undefined, void, undefined> {
  const { text } = candidate.answer;
  const schema = schemaOfPlan(plan);
  const parsed = parsedText(candidate, plan);
  if (!candidate.isJson && reading.syntax) {
    const read = yield* readInSteps(text, true, { values: false, naming: schema, parsed });
    const isKept =
      read !== undefined && (schema === undefined || keepsMembers(read.value, schema, { left: text.length }));
    if (isKept) yield withReadText(candidate, read);
  }
  if (schema === undefined || !reading.values) return;
  const read = yield* readInSteps(text, schema, { ...reading, additionalMembers: 'allow', parsed });
  if (read === undefined) return;
  // What fits and was refused may have members that a strict schema knows by another spelling.
  const strict = read.fixes.length > 0 ? read : yield* readInSteps(text, schema, { ...reading, parsed });
  if (strict !== undefined && strict.fixes.length > 0) yield withReadText(candidate, strict);
}

/** What the text says as JSON, as far as the candidate still tells: code of the caller's may have changed the value. */
function parsedText(
  { isJson, isShared, answer }: Candidate,
  { structure, toolInput }: CheckPlan,
): ReadInStepsOptions['parsed'] {
  if (!isJson) return { strict: undefined };
  const isKept = !isShared && structure.every(leavesValue) && toolInput.every((check) => check === lenientToolInputs);
  return isKept ? { strict: answer } : undefined;
}

function withReadText(candidate: Candidate, { text, value, fixes }: ReadJson): Candidate {
  const { parts } = candidate;
  const result = withText(candidate.result, text);
  return {
    ...candidate,
    answer: answerOf(result, text, { value }),
    isJson: true,
    result,
    parts: parts === undefined ? undefined : withTextParts(parts, text),
    fixes,
  };
}

/**
 * The answer with the inputs of the caller's own tools read as their schemas want them; none when no input changes. Gives
 * `undefined` between the steps of the work.
 */
export function* withReadToolInputs(
  candidate: Candidate,
  tools: CallOptions['tools'],
  reading: Reading,
): Generator<Candidate | undefined, void, undefined> {
  const inputs = new Map<string, string>();
  const fixes: Fix[] = [];
  for (const part of candidate.result.content) {
    if (part.type !== 'tool-call' || part.providerExecuted === true || part.dynamic === true) continue;
    const tool = tools?.find(({ name }) => name === part.toolName);
    if (tool?.type !== 'function' || part.input.trim() === '') continue;
    const read = yield* readInput(part.input, tool.inputSchema, reading);
    if (read === undefined || read.fixes.length === 0) continue;
    inputs.set(part.toolCallId, read.text);
    fixes.push(...read.fixes.map((fix) => ({ ...fix, toolCallId: part.toolCallId })));
  }
  if (inputs.size === 0) return;
  const content = candidate.result.content.map((part) => withInput(part, inputs));
  const result: GenerateResult = { ...candidate.result, content };
  yield {
    ...candidate,
    answer: { ...candidate.answer, content: copied(content) },
    result,
    parts: candidate.parts?.flatMap((part) => withStreamedInput(part, inputs)),
    fixes,
  };
}

function* readInput(input: string, schema: unknown, reading: Reading): Steps<ReadJson | undefined> {
  try {
    return yield* readInSteps(input, schema, { ...reading, additionalMembers: 'allow' });
  } catch {
    // What is no JSON Schema is the provider's to refuse.
    return undefined;
  }
}

function withInput(part: ContentPart, inputs: ReadonlyMap<string, string>): ContentPart {
  const input = part.type === 'tool-call' ? inputs.get(part.toolCallId) : undefined;
  return input === undefined ? part : { ...(part as ToolCall), input };
}

/** One delta takes the place of all. */
function withStreamedInput(part: StreamPart, inputs: ReadonlyMap<string, string>): StreamPart[] {
  switch (part.type) {
    case 'tool-call': {
      const input = inputs.get(part.toolCallId);
      return [input === undefined ? part : { ...part, input }];
    }
    case 'tool-input-start': {
      const input = inputs.get(part.id);
      return input === undefined ? [part] : [part, { type: 'tool-input-delta', id: part.id, delta: input }];
    }
    case 'tool-input-delta':
      return inputs.has(part.id) ? [] : [part];
    default:
      return [part];
  }
}
