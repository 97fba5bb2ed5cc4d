import type { Answer } from '../model/answer.ts';
import type { ContentPart, GenerateResult, StreamPart } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { copied } from '../trace/copied.ts';
import type { Fix } from '../trace/fix.ts';
import { parseJson } from '../trace/parse-json.ts';
import { noUsage } from '../trace/usage.ts';
import { settledFinish } from './finish-reason.ts';
import { hasTextInput, withTextInput } from './text-input.ts';
import { withText, withTextParts } from './with-text.ts';

/** A proposal on its way through the checks. */
export interface Candidate {
  readonly answer: Answer;
  /** Whether the whole text is one JSON value. */
  readonly isJson: boolean;
  /** Whether the stage that proposed it holds its value too, and may have changed it. */
  readonly isShared: boolean;
  readonly result: GenerateResult;
  readonly parts: readonly StreamPart[] | undefined;
  /** The list in which they were collected while they streamed, as the model gave them. */
  readonly taken: readonly StreamPart[] | undefined;
  /** What reading changed: of an answer that is not read, in what was shown of it. */
  readonly fixes: readonly Fix[];
  /** The answer before it was read. */
  readonly original: {
    readonly text: string;
    readonly result: GenerateResult;
    readonly parts: readonly StreamPart[] | undefined;
  };
  /** Whether the caller's checks accept an answer that only the call's own found fault with; absent if they were not asked. */
  readonly satisfiesCaller?: boolean;
  /** The text as it went out while it streamed, where that is not how the model wrote it. */
  readonly readText: string | undefined;
}

/** What a model gave; its value is looked for when it is judged. */
export function modelAnswer(given: GenerateResult, parts?: readonly StreamPart[]): ModelAnswer {
  const content = given.content.every(hasTextInput) ? given.content : given.content.map(withTextInput);
  const finishReason = settledFinish(given.finishReason, content);
  const isAsGiven = content === given.content && finishReason === given.finishReason;
  const result = isAsGiven ? given : { ...given, content, finishReason };
  const answer = { text: textOf(result), value: undefined, content, finishReason: finishReason.unified, result };
  return parts === undefined ? answer : { ...answer, parts };
}

/** What a candidate is to be judged for. */
export interface CandidateWish {
  readonly needsJson: boolean;
  /** Finds the JSON that a text has, where no JSON is called for. */
  readonly readJson?: ((text: string) => { readonly value: unknown } | undefined) | undefined;
}

/** What a stage proposed, as it is; a text of its own making takes the place of the model's. */
export function toCandidate(proposal: Answer, { needsJson, readJson }: CandidateWish): Candidate {
  if (!isModelAnswer(proposal)) return candidateOf(resultOf(proposal), { needsJson, readJson });
  const { result, parts, text, parsed, readText, fixes } = proposal;
  if (text === textOf(result)) return candidateOf(result, { needsJson, readJson, parts, parsed, readText, fixes });
  const edited = parts && withTextParts(parts, text);
  return candidateOf(withText(result, text), { needsJson, readJson, parts: edited, taken: parts });
}

interface CandidateOptions extends CandidateWish {
  readonly parts?: readonly StreamPart[] | undefined;
  /** @default parts */
  readonly taken?: readonly StreamPart[] | undefined;
  readonly parsed?: { readonly value: unknown } | undefined;
  readonly readText?: string | undefined;
  readonly fixes?: readonly Fix[] | undefined;
}

function candidateOf(
  result: GenerateResult,
  { needsJson, readJson = parseJson, parts, taken = parts, parsed: known, readText, fixes = [] }: CandidateOptions,
): Candidate {
  const text = textOf(result);
  const parsed = needsJson ? (known ?? parseJson(text)) : undefined;
  const answer = needsJson ? answerOf(result, text, parsed) : lazyAnswer(result, text, readJson);
  return {
    answer,
    isJson: parsed !== undefined,
    isShared: known !== undefined,
    result,
    parts,
    taken,
    fixes,
    original: { text, result, parts },
    readText,
  };
}

/** An answer of which only the text is known. */
export function answerOfText(text: string, finishReason = 'stop'): Answer {
  return { text, value: parseJson(text)?.value, content: [{ type: 'text', text }], finishReason };
}

/** The text the SDK will read: `structuredOutputText` where present, else all text parts joined. */
function textOf({ structuredOutputText, content }: GenerateResult): string {
  if (structuredOutputText !== undefined) return structuredOutputText;
  let text = '';
  for (const part of content) if (part.type === 'text') text += part.text;
  return text;
}

/** What checks are shown. A check that changes it does not change what is delivered. */
export function answerOf(result: GenerateResult, text: string, parsed: { value: unknown } | undefined): Answer {
  return {
    text,
    value: parsed?.value,
    content: copied(result.content),
    finishReason: result.finishReason.unified,
  };
}

/** What a text has to have, to have a JSON value. */
const mayBeJson = /[[{]|^\s*(?:["\d-]|true|false|null)/;

/**
 * Where no JSON is called for, the value is only looked for when a check reads it. Prose has none, and goes without the
 * getter, which makes each answer an object of its own shape.
 */
function lazyAnswer(result: GenerateResult, text: string, readJson: NonNullable<CandidateWish['readJson']>): Answer {
  if (!mayBeJson.test(text)) return answerOf(result, text, undefined);
  let parsed: { readonly value: unknown } | undefined;
  return {
    text,
    get value() {
      parsed ??= readJson(text) ?? { value: undefined };
      return parsed.value;
    },
    content: copied(result.content),
    finishReason: result.finishReason.unified,
  };
}

function isModelAnswer(answer: Answer): answer is ModelAnswer {
  return 'result' in answer;
}

/** What a stage of the user's or a person proposed, as a model would have returned it. */
function resultOf({ text, content, finishReason }: Answer): GenerateResult {
  const parts: readonly ContentPart[] = content?.length > 0 ? content : [{ type: 'text', text }];
  return {
    content: parts,
    finishReason: { unified: finishReason ?? 'stop', raw: undefined },
    usage: noUsage,
    warnings: [],
  };
}
