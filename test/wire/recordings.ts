import { existsSync, readFileSync } from 'node:fs';
import { createOpenAI } from '@ai-sdk/openai';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { type JsonObject, objectsIn, parseObject } from '../../examples/practice-server/json.ts';

/** A recorded answer of a provider in one of OpenAI's APIs. */
export interface Recording {
  readonly file: string;
  readonly provider: string;
  readonly api: OpenAiApi;
  /** The data of the stream's events, in order. */
  readonly chunks: readonly string[];
  /** A whole answer to a like request, as JSON text. */
  readonly json?: string | undefined;
}

type OpenAiApi = (typeof OPENAI_APIS)[number];

const OPENAI_APIS = ['responses', 'chat-completions', 'completions'] as const;

const folder = new URL('../../../shared/data/provider-recordings/', import.meta.url);

/** The recordings that speak one of OpenAI's APIs; `undefined` where the folder is absent. */
export function openAiRecordings(): readonly Recording[] | undefined {
  if (!existsSync(new URL('manifest.json', folder))) return undefined;
  const manifest: unknown = JSON.parse(textOf('manifest.json'));
  return objectsIn(manifest).flatMap((entry) => {
    const api = OPENAI_APIS.find((name) => name === entry.api);
    if (api === undefined) return [];
    const file = String(entry.file);
    const chunks = textOf(file)
      .split('\n')
      .filter((line) => line.trim() !== '');
    const json = typeof entry.json === 'string' ? textOf(entry.json) : undefined;
    return [{ file, provider: String(entry.provider), api, chunks, json }];
  });
}

/** The real OpenAI provider's model for the API of a recording; its id is the recording's file. */
export function modelFor({ api, file }: Recording, baseURL: string): LanguageModelV4 {
  const openai = createOpenAI({ baseURL, apiKey: 'replay' });
  switch (api) {
    case 'responses':
      return openai.responses(file);
    case 'chat-completions':
      return openai.chat(file);
    case 'completions':
      return openai.completion(file);
  }
}

/** Every object within the chunks and the body of a recording. */
export function objectsWithin({ chunks, json }: Recording): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) found.push(value as JsonObject);
    for (const member of Object.values(value)) visit(member);
  };
  for (const text of json === undefined ? chunks : [...chunks, json]) visit(parseObject(text));
  return found;
}

function textOf(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}
