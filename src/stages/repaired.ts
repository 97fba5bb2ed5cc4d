import { schemaAt } from '../feedback/schema-at.ts';
import { legalToolName } from '../feedback/tool-name.ts';
import type { CallOptions, LanguageModel } from '../model/language-model.ts';
import { traitsOf } from '../model/provider-traits.ts';
import { memberTexts, readJson, spliced } from '../reading/index.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { jsonPointer, valueAt } from '../trace/json-pointer.ts';
import type { ModelAnswer, StageContext } from './stage.ts';

/** The last answer with its failing fields as the model gives them now; `undefined` where more than `maxShare` of it fails. */
export async function repaired(context: StageContext, maxShare: number): Promise<ModelAnswer | undefined> {
  const { rejected } = context;
  if (rejected === undefined) return undefined;
  const read = readJson(rejected.text, true, { values: false });
  const places = failingPlaces(rejected.issues);
  if (read === undefined || places === undefined || shareOf(read.value, places) > maxShare) return undefined;
  const names = memberNames(places, context.model);
  const answer = await context.call(repairCall(context, places, names));
  return merged(answer, read.text, { places, names });
}

/** The outermost paths of the issues; `undefined` when one is about the whole answer. */
function failingPlaces(issues: readonly Issue[]): IssuePath[] | undefined {
  const paths = new Map(issues.map(({ path }) => [jsonPointer(path), path]));
  if (paths.size === 0 || paths.has('')) return undefined;
  return [...paths]
    .filter(([pointer]) => ![...paths.keys()].some((other) => pointer.startsWith(`${other}/`)))
    .map(([, path]) => path);
}

/** All of it where the value is nested too deeply to be written. */
function shareOf(value: unknown, places: readonly IssuePath[]): number {
  try {
    const broken = places.reduce((sum, path) => sum + (JSON.stringify(valueAt(value, path)) ?? '').length, 0);
    return broken / JSON.stringify(value).length;
  } catch {
    return Number.POSITIVE_INFINITY; // it nests too deep to be written
  }
}

/** What each place is called in the reply: by its JSON pointer, or by what of it the provider takes as a name. */
function memberNames(places: readonly IssuePath[], model: LanguageModel): string[] {
  const { refusesPointers = false } = traitsOf(model);
  const names: string[] = [];
  for (const path of places) {
    const pointer = jsonPointer(path);
    // The names stand in the instruction itself, where a sentence of the model's could pass for one.
    const isSendable = !refusesPointers && /^[\p{L}\p{N}/_.$~-]*$/u.test(pointer);
    names.push(isSendable ? pointer : legalToolName(path.join('_'), (name) => names.includes(name)));
  }
  return names;
}

function repairCall(
  { params, model, promptWithFeedback }: StageContext,
  places: readonly IssuePath[],
  names: readonly string[],
): CallOptions {
  const { responseFormat } = params;
  const schema = responseFormat?.type === 'json' ? repairSchema(responseFormat.schema, places, names) : undefined;
  const prompt = promptWithFeedback({ only: names });
  const keepsTools = hasCalls(params);
  // Where JSON is refused beside tools, the prompt alone asks for it.
  if (keepsTools && params.tools !== undefined && traitsOf(model).refusesFormatWithTools === true) {
    return { ...params, prompt, toolChoice: { type: 'none' }, responseFormat: undefined };
  }
  return {
    ...params,
    prompt,
    ...(keepsTools ? {} : { tools: undefined }),
    toolChoice: undefined,
    responseFormat: { type: 'json', ...(schema === undefined ? {} : { schema }) },
  };
}

/** A prompt with calls in it is refused without tools: https://github.com/anthropics/anthropic-sdk-python/issues/494 */
function hasCalls({ prompt }: CallOptions): boolean {
  return prompt.some(({ role }) => role === 'tool');
}

/** What holds the reply; nothing where a place has no schema of its own, for providers refuse an open member in a strict schema. */
function repairSchema(schema: unknown, places: readonly IssuePath[], names: readonly string[]): object | undefined {
  const { $defs, definitions } = (schema ?? {}) as { $defs?: unknown; definitions?: unknown };
  const fragments = places.map((path) => schemaAt(schema, path));
  if (!fragments.every(standsAlone)) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name, index) => [name, fragments[index]])),
    required: names,
    additionalProperties: false,
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
  };
}

/** Whether it says something, and refers to nothing of the schema it was taken from but its definitions. */
function standsAlone(fragment: unknown): boolean {
  if (typeof fragment !== 'object' || fragment === null || Object.keys(fragment).length === 0) return false;
  return !/"\$ref":"(?!#\/(?:\$defs|definitions)\/)/.test(JSON.stringify(fragment));
}

interface Asked {
  readonly places: readonly IssuePath[];
  readonly names: readonly string[];
}

/** A reply that cannot be merged leaves the answer as it was: an ordinary failed attempt. */
function merged(answer: ModelAnswer, document: string, { places, names }: Asked): ModelAnswer {
  const reply = memberTexts(readJson(answer.text, true, { values: false })?.text ?? '');
  const changes = places.flatMap((path, index) => {
    const pointer = jsonPointer(path);
    const json = reply.get(names[index] ?? '') ?? reply.get(pointer) ?? reply.get(pointer.slice(1));
    return json === undefined ? [] : [{ path, json }];
  });
  const text = spliced(document, changes);
  const content = [{ type: 'text' as const, text }];
  const { structuredOutputText: _, ...result } = answer.result;
  return { text, value: undefined, content, finishReason: answer.finishReason, result: { ...result, content } };
}
