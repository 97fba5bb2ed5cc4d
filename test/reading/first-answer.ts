import { generateText, jsonSchema, Output, streamText } from 'ai';
import { withStagedRetry } from '../../src/index.ts';
import type { StreamPart } from '../../src/model/language-model.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';
import { noUsage } from '../../src/trace/usage.ts';

export const askedAgain = 'asked again';

/** What a caller gets of an answer at the first call, generated and streamed, or that the model was asked again. */
export async function firstAnswer(answer: string, schema: object): Promise<unknown> {
  const generated = await outcome(answer, schema, generatedText);
  const streamed = await outcome({ content: [], parts: inPieces(answer) }, schema, streamedText);
  return JSON.stringify(generated) === JSON.stringify(streamed) ? generated : { generated, streamed };
}

async function outcome(answer: ScriptedAnswer, schema: object, textOf: typeof generatedText): Promise<unknown> {
  const model = scriptedModel([answer, '"no answer"']);
  const output = Output.object({ schema: jsonSchema(schema as Parameters<typeof jsonSchema>[0]) });
  const text = await textOf({ model: withStagedRetry(model), prompt: 'x', output }).catch(() => undefined);
  if (model.calls.length > 1) return askedAgain;
  return text === undefined ? 'an error' : JSON.parse(text);
}

type Call = Pick<Parameters<typeof generateText>[0], 'model' | 'output'> & { readonly prompt: string };

async function generatedText(call: Call): Promise<string> {
  return (await generateText(call)).text;
}

async function streamedText(call: Call): Promise<string> {
  const { textStream } = streamText({ ...call, onError() {} });
  let text = '';
  for await (const part of textStream) text += part;
  return text;
}

/** As a model streams it, in pieces of so many characters. */
export function inPieces(answer: string, length = 3): readonly StreamPart[] {
  const pieces = answer.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
  return [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '0' },
    ...pieces.map((delta): StreamPart => ({ type: 'text-delta', id: '0', delta })),
    { type: 'text-end', id: '0' },
    { type: 'finish', usage: noUsage, finishReason: { unified: 'stop', raw: undefined } },
  ];
}
