import { jsonSchema, Output } from 'ai';
import { repair, retry } from '../../src/index.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { failedAnswers } from './failed-answers.ts';
import { tellLadder } from './tell-ladder.ts';

const schema = jsonSchema({
  type: 'object',
  properties: {
    vendor: { type: 'string' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { 'unit price': { type: 'number' } },
        required: ['unit price'],
        additionalProperties: false,
      },
    },
  },
  required: ['vendor', 'lines'],
  additionalProperties: false,
});
const vendor = 'Acme Machine Works, Springfield';
const bad = JSON.stringify({ vendor, lines: [{ 'unit price': 'twelve' }] });
const good = JSON.stringify({ vendor, lines: [{ 'unit price': 12 }] });

/** The failed answer with an invoice in place of what it says. */
function withInvoice(failed: ProviderAnswer): ProviderAnswer {
  return failed.text?.startsWith('I guess') === true ? { ...failed, text: bad } : failed;
}

tellLadder('a repair after every answer', {
  failed: failedAnswers,
  call: { output: Output.object({ schema }) },
  climb: ({ failed, subject, index }) => ({
    // These refuse JSON beside tools, whoever asks.
    hasTools: index % 2 === 0 && !/gemini|groq/.test(subject.model),
    options: () => ({
      stages: [retry({ attempts: 2 }), repair({ attempts: 2, maxShare: 1 }), retry({ name: 'again', attempts: 1 })],
      convergence: 'off',
    }),
    replies: [
      withInvoice(failed),
      { text: bad },
      withInvoice(failed),
      { text: '{"/lines/0/unit price": 12}' },
      { text: good },
    ],
    ends: (text) => text === good,
  }),
});
