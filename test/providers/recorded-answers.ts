import { existsSync, readFileSync } from 'node:fs';
import { isObject, objectsIn } from '../../examples/practice-server/json.ts';
import type { AnyLanguageModel } from '../../src/model/resolve-model.ts';
import type { RuledProvider } from '../servers/provider-rules/index.ts';
import { type Packages, packagesOf, packagesV3, type Sdk } from '../support/provider-models.ts';

/** An answer a provider gave, and the real package that reads it. */
export interface RecordedAnswer {
  readonly file: string;
  readonly provider: RuledProvider;
  readonly kind: 'generate' | 'stream';
  /** A body, or the data of a stream's events. */
  readonly raw: string | readonly string[];
  readonly tools: readonly string[];
  model(baseURL: string, sdk: Sdk): AnyLanguageModel;
}

const folder = new URL('../../../shared/data/provider-recordings/', import.meta.url);
type Read = (create: Packages, at: { readonly apiKey: string; readonly baseURL: string }) => AnyLanguageModel;

const readers: Readonly<Record<string, readonly [RuledProvider, Read]>> = {
  anthropic: ['anthropic', (create, at) => create.anthropic(at)('claude-sonnet-4-5')],
  deepseek: ['deepseek', (create, at) => create.deepseek(at)('deepseek-reasoner')],
  'google gemini-generate-content': ['gemini', (create, at) => create.google(at)('gemini-3-pro-preview')],
  'google gemini-interactions': [
    'gemini-interactions',
    (create, at) => create.google(at).interactions('gemini-2.5-flash') as AnyLanguageModel,
  ],
  groq: ['groq', (create, at) => create.groq(at)('openai/gpt-oss-120b')],
  mistral: ['mistral', (create, at) => create.mistral(at)('magistral-medium-latest')],
  'openai chat-completions': ['openai-chat', (create, at) => create.openai(at).chat('gpt-5-mini')],
  'openai completions': ['openai-completions', (create, at) => create.openai(at).completion('gpt-3.5-turbo-instruct')],
  'openai responses': ['openai-responses', (create, at) => create.openai(at).responses('gpt-5-mini')],
  'open-responses': ['openai-responses', (create, at) => create.openai(at).responses('gpt-5-mini')],
  'openai-compatible': ['openai-chat', (create, at) => create.compatible({ ...at, name: 'compatible' })('grok-3-mini')],
  // The package of ai@7 has no chat API of xAI any more.
  'xai chat-completions': ['openai-chat', (_, at) => packagesV3.xai(at).chat('grok-3')],
  'xai responses': ['xai', (create, at) => create.xai(at).responses('grok-4')],
};

/** All of them, streamed and whole; `undefined` where the folder is absent. */
export function recordedAnswers(): readonly RecordedAnswer[] | undefined {
  if (!existsSync(new URL('manifest.json', folder))) return undefined;
  return objectsIn(JSON.parse(textOf('manifest.json'))).flatMap(({ file, json, provider, api }) => {
    const [ruled, read] = readers[`${provider} ${api}`] ?? readers[String(provider)] ?? [];
    if (ruled === undefined || read === undefined) throw new Error(`Nobody reads ${file}.`);
    const model = (baseURL: string, sdk: Sdk) => read(packagesOf(sdk), { apiKey: 'none', baseURL });
    const known = { provider: ruled, model };
    const chunks = textOf(String(file))
      .split('\n')
      .filter((line) => line.trim() !== '');
    const streamed = { ...known, file: String(file), kind: 'stream', raw: ended(chunks, String(api)) } as const;
    const recorded: Omit<RecordedAnswer, 'tools'>[] = [streamed];
    if (typeof json === 'string') recorded.push({ ...known, file: json, kind: 'generate', raw: textOf(json) });
    return recorded.map((answer) => ({ ...answer, tools: calledIn([answer.raw].flat()) }));
  });
}

function ended(chunks: readonly string[], api: string): readonly string[] {
  return api.endsWith('completions') ? [...chunks, '[DONE]'] : chunks;
}

function textOf(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

/** The names of the caller's own tools that are called. */
function calledIn(texts: readonly string[]): string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    const { type, function: called, functionCall } = value;
    if (type === 'tool_use' || type === 'function_call') names.add(String(value.name));
    if (isObject(called) && typeof called.name === 'string') names.add(called.name);
    if (isObject(functionCall) && typeof functionCall.name === 'string') names.add(functionCall.name);
    for (const member of Object.values(value)) visit(member);
  };
  for (const text of texts) visit(parsed(text));
  return [...names].filter((name) => name !== '' && name !== 'undefined');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
