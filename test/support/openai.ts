import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAI as createOpenAIV3 } from 'ai-sdk-openai-v3';

/** What the real OpenAI provider puts on the wire: Responses API items. */
export type OutputItem = Readonly<Record<string, unknown>>;

export interface RequestBody {
  readonly input: readonly OutputItem[];
  readonly store?: boolean;
}

export const reasoning = (id: string): OutputItem => ({
  type: 'reasoning',
  id,
  summary: [{ type: 'summary_text', text: 'Let me think.' }],
});

export const message = (id: string, text: string): OutputItem => ({
  type: 'message',
  id,
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});

export const functionCall = (id: string, name: string, input: unknown): OutputItem => ({
  type: 'function_call',
  id,
  call_id: `call_${id}`,
  name,
  arguments: JSON.stringify(input),
});

/** The real provider, before a server that answers with these items in turn. */
export function openaiAnswering(...answers: readonly (readonly OutputItem[])[]) {
  const requests: RequestBody[] = [];
  const fetch = async (_: unknown, { body }: { body?: unknown } = {}) => {
    requests.push(JSON.parse(String(body)));
    return Response.json({
      id: `resp_${requests.length}`,
      created_at: 1_760_000_000,
      model: 'gpt-5-mini',
      output: answers[Math.min(requests.length, answers.length) - 1] ?? [],
      usage: { input_tokens: 10, output_tokens: 10 },
    });
  };
  const settings = { apiKey: 'none', baseURL: 'https://openai.test/v1', fetch: fetch as typeof globalThis.fetch };
  return { openai: createOpenAI(settings), openaiV3: createOpenAIV3(settings), requests };
}
