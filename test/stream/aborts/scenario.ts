import { jsonSchema, Output, type streamText, type Tool, tool } from 'ai';
import { excludes, toolInputs } from '../../../src/checks/index.ts';
import { check, createInbox, human, lendTools, retry, type StagedRetryOptions } from '../../../src/index.ts';
import type { StreamPart } from '../../../src/model/language-model.ts';
import { noUsage } from '../../../src/trace/usage.ts';
import { failsWith, lookup } from '../../fixtures.ts';
import { inPieces } from '../../reading/first-answer.ts';

/** A call, what a model streams to it, and what judges that. */
export interface Scenario {
  readonly answers: readonly (readonly StreamPart[])[];
  readonly call: Omit<Parameters<typeof streamText>[0], 'model' | 'prompt' | 'messages'>;
  readonly options: StagedRetryOptions;
}

const schema = jsonSchema({
  type: 'object',
  properties: { city: { type: 'string' }, n: { type: 'number' } },
  required: ['city', 'n'],
});
const object = { output: Output.object({ schema }) };
const save: Tool = tool({ inputSchema: schema });
const right = inPieces('{"city":"Lyon, of all places","n":1}');
const wrong = inPieces('{"city":"Lyon, of all places","n":{}}');
const broken: StreamPart[] = [...right.slice(0, -2), { type: 'error', error: failsWith(503) }];
const patient = { transport: { attempts: 2, initialMs: 8, jitter: 'none' } } as const;

/** What is held, between two attempts or two calls, in a tool's input, before a person decides, and while a check judges. */
export const scenarios: readonly (() => Scenario)[] = [
  () => ({ answers: [inPieces('A text that nothing judges.')], call: {}, options: patient }),
  () => ({
    answers: [inPieces('A text that is forbidden.'), inPieces('A text that is fine.')],
    call: {},
    options: { checks: [check('fine', ({ text }) => !text.includes('forbidden') || 'No.'), excludes('never')] },
  }),
  () => ({ answers: [wrong, right], call: object, options: {} }),
  () => ({ answers: [wrong, right], call: object, options: { stages: [retry({ attempts: 2, delay: 8 })] } }),
  () => ({ answers: [broken, right], call: object, options: patient }),
  () => ({
    answers: [called('{"city":"Lyon","n":{}}'), called('{"city":"Lyon","n":1}')],
    call: { tools: { save } },
    options: { checks: [toolInputs()] },
  }),
  () => ({
    answers: [wrong, right],
    call: object,
    options: { stages: [retry({ attempts: 1 }), lendTools({ attempts: 1, tools: { lookup: lookup() } })] },
  }),
  () => ({
    answers: [wrong],
    call: object,
    options: {
      scope: 'public',
      checks: [check({ name: 'own', schema, incremental: true })],
      stages: [retry({ attempts: 1 }), human({ inbox: createInbox(), wait: { timeoutMs: 30, pollMs: 5 } })],
    },
  }),
  () => ({
    answers: [right],
    call: object,
    options: { checks: [check('slow', () => new Promise<true>((resolve) => setTimeout(resolve, 8, true)))] },
  }),
];

function called(input: string): readonly StreamPart[] {
  const id = 'call-1';
  const pieces = input.match(/.{1,3}/g) ?? [];
  return [
    { type: 'stream-start', warnings: [] },
    { type: 'tool-input-start', id, toolName: 'save' },
    ...pieces.map((delta): StreamPart => ({ type: 'tool-input-delta', id, delta })),
    { type: 'tool-input-end', id },
    { type: 'tool-call', toolCallId: id, toolName: 'save', input },
    { type: 'finish', usage: noUsage, finishReason: { unified: 'tool-calls', raw: undefined } },
  ];
}
