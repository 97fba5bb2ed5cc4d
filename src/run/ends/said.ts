import type { Check } from '../../checks/check.ts';
import { configuredOf } from '../../checks/configured.ts';
import type { CheckPlan } from '../../checks/plan/plan.ts';
import { jsonSchemaOf } from '../../checks/schema.ts';
import type { Run } from '../../context/run.ts';
import { type Explaining, explaining } from '../../errors/explain-issue.ts';
import type { ContentPart, Message } from '../../model/language-model.ts';
import { promptTexts } from '../../model/prompt-text.ts';
import type { History } from '../../trace/history.ts';
import { parseJson } from '../../trace/parse-json.ts';

/** Says of what checks found what may be told: nothing that the prompt, an answer or a tool said. */
export function explainingRun(run: Run, history: History = []): Explaining {
  return explaining({ texts: () => textsOf(run, history), names: () => namesOf(run) });
}

function* textsOf({ params, toolResults, candidates, state, sent }: Run, history: History): Iterable<string> {
  const { prompt, stopSequences, headers, providerOptions } = params;
  for (const message of prompt) yield* textsOfMessage(message);
  for (const given of [stopSequences, headers, providerOptions]) yield textOf(given);
  for (const { output } of toolResults) yield textOf(output);
  // What stages and checks add themselves stands in turns of the user.
  const isModels = ({ role }: Message) => role === 'assistant' || role === 'tool';
  const beside = new Set(sent.flatMap((messages) => messages.filter(isModels)));
  for (const message of beside) if (!prompt.includes(message)) yield* textsOfMessage(message);
  for (const entry of [...(state.earlier?.attempts ?? []), ...history])
    if (entry.type === 'attempt') yield* withUnescaped(entry.text);
  for (const { answer } of candidates.values()) {
    yield* withUnescaped(answer.text);
    for (const part of answer.content) for (const text of wordsOfPart(part)) yield* withUnescaped(text);
  }
}

function* textsOfMessage(message: Message): Iterable<string> {
  yield* promptTexts([message]);
  if (typeof message.content !== 'string') for (const part of message.content) yield* wordsOfPart(part);
}

/** What stands in a part beside its text. */
function wordsOfPart(part: ContentPart | Exclude<Message['content'], string>[number]): string[] {
  switch (part.type) {
    case 'tool-call':
      return [part.toolName, textOf(part.input)];
    case 'reasoning':
      return [part.text];
    case 'source':
    case 'file': {
      const { url, title, filename } = part as Readonly<Record<string, unknown>>;
      return [url, title, filename].filter((text) => typeof text === 'string');
    }
    default:
      return [];
  }
}

/** A text, and what stands in it as an escape of JSON, as a letter or a line end. */
function* withUnescaped(text: string): Iterable<string> {
  yield text;
  const value = text.includes('\\') ? parseJson(text)?.value : undefined;
  if (value !== undefined) yield* stringsOf(value);
}

/** The names and the values in what a caller or a model wrote. */
function* stringsOf(value: unknown): Iterable<string> {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return yield String(value);
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield name;
    yield* stringsOf(inner);
  }
}

/** A value as the text that words could repeat. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** What the schemas of the call, its tools and the checks name, and what the caller gave the checks. */
function* namesOf({ params, plan, settings }: Run): Iterable<string> {
  const { responseFormat, tools = [] } = params;
  if (responseFormat?.type === 'json') yield* schemaNames(responseFormat.schema);
  for (const tool of tools) {
    yield tool.name;
    if ('inputSchema' in tool) yield* schemaNames(tool.inputSchema);
  }
  for (const check of [...checksOf(plan), ...checksOf(settings.guards)]) {
    yield* stringsOf(configuredOf(check));
    if (check.schema !== undefined) yield* schemaNames(jsonSchemaOf(check.schema));
  }
}

function checksOf({ toolInput, structure, content, warning }: CheckPlan): Set<Check> {
  return new Set([...toolInput, ...structure, ...content, ...(warning === undefined ? [] : checksOf(warning))]);
}

const constraints = ['enum', 'const', 'pattern', 'format'];

/** The members that a schema names, and the values and numbers that it asks for. */
function* schemaNames(schema: unknown, seen: Set<unknown> = new Set()): Iterable<string> {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
  seen.add(schema);
  for (const [keyword, inner] of Object.entries(schema)) {
    if (keyword === 'properties' && typeof inner === 'object' && inner !== null) yield* Object.keys(inner);
    if (typeof inner === 'number') yield String(inner);
    if (constraints.includes(keyword)) yield* stringsOf(inner);
    else yield* schemaNames(inner, seen);
  }
}
