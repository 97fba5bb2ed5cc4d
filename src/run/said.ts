import type { Check } from '../checks/check.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { Run } from '../context/run.ts';
import { type Explaining, explaining } from '../errors/explain-issue.ts';
import type { ContentPart, Prompt } from '../model/language-model.ts';
import { promptTexts } from '../model/prompt-text.ts';
import type { History } from '../trace/history.ts';
import { parseJson } from '../trace/parse-json.ts';

/** Says of what checks found what may be told: nothing that the prompt, an answer or a tool said. */
export function explainingRun(run: Run, history: History = []): Explaining {
  return explaining({ texts: () => textsOf(run, history), names: () => namesOf(run) });
}

function textsOf({ params, toolResults, candidates, state }: Run, history: History): string[] {
  const attempts = [...(state.earlier?.attempts ?? []), ...history].flatMap((entry) =>
    entry.type === 'attempt' ? [entry.text] : [],
  );
  const answers = [...candidates.values()].flatMap(({ answer }) => [
    answer.text,
    ...answer.content.flatMap(wordsOfPart),
  ]);
  return [
    ...promptTexts(params.prompt),
    ...wordsBeside(params.prompt),
    ...toolResults.map(({ output }) => textOf(output)),
    ...[...attempts, ...answers].flatMap((text) => [text, ...unescaped(text)]),
  ];
}

/** What the model thought, and what it asked tools for, in the turns of a prompt. */
function wordsBeside(prompt: Prompt): string[] {
  return prompt.flatMap(({ content }) => (typeof content === 'string' ? [] : content.flatMap(wordsOfPart)));
}

function wordsOfPart(part: ContentPart | Prompt[number]['content'][number]): string[] {
  if (typeof part === 'string') return [];
  if (part.type === 'tool-call') return [part.toolName, textOf(part.input)];
  return part.type === 'reasoning' ? [part.text] : [];
}

/** What stands in JSON as an escape, as a letter or a line end. */
function unescaped(text: string): string[] {
  const value = text.includes('\\') ? parseJson(text)?.value : undefined;
  return value === undefined ? [] : [stringsOf(value).join('\n')];
}

function stringsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsOf(inner)]);
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

/** What the schemas of the call, its tools and the checks name. */
function namesOf({ params, plan }: Run): string[] {
  const { responseFormat, tools = [] } = params;
  const ofChecks = (checks: readonly Check[] = []) =>
    checks.map(({ schema }) => (schema === undefined ? undefined : jsonSchemaOf(schema)));
  const schemas = [
    responseFormat?.type === 'json' ? responseFormat.schema : undefined,
    ...tools.map((tool) => ('inputSchema' in tool ? tool.inputSchema : undefined)),
    ...ofChecks(plan.structure),
    ...ofChecks(plan.warning?.structure),
  ];
  return [...tools.map(({ name }) => name), ...schemas.flatMap((schema) => memberNames(schema, new Set()))];
}

function memberNames(schema: unknown, seen: Set<unknown>): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { properties } = schema as { readonly properties?: object };
  const own = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return [...own, ...Object.values(schema).flatMap((inner) => memberNames(inner, seen))];
}
