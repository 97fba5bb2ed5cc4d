import { check, lendTools, retry } from '../../src/index.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { lookUp } from './climber.ts';
import { failedAnswers } from './failed-answers.ts';
import { takesTools } from './subjects.ts';
import { tellLadder } from './tell-ladder.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');

const image = { type: 'image-data', data: 'iVBORw0KGgo=', mediaType: 'image/png' } as const;
const file = {
  type: 'file' as const,
  data: { type: 'data' as const, data: image.data },
  mediaType: image.mediaType,
};
const word = { type: 'text', text: 'Acme' } as const;

/** Tools that return whatever a tool may. */
const results = [[word, word], [image], [image, word, image, word], [file, word]];

function finding(index: number) {
  const value = results[index % (results.length + 1)];
  return value === undefined ? lookUp : { ...lookUp, toModelOutput: () => ({ type: 'content' as const, value }) };
}

/** The failed answer with a lent call beside what else is in it. */
function withLentCall({ calls = [], finish: _, ...rest }: ProviderAnswer): ProviderAnswer {
  const lent = { type: 'call', name: 'findVendor', input: '{"query": "a"}' } as const;
  const more = [...(rest.more ?? []), lent, ...calls.map((call) => ({ type: 'call', ...call }) as const)];
  return { reasoning: 'Let me see.', ...rest, more };
}

tellLadder('lent tools after every answer', {
  failed: failedAnswers,
  climb: ({ failed, subject, index }) => ({
    options: () => ({
      checks: [good],
      stages: [
        retry({ attempts: 1 }),
        lendTools({ attempts: 3, tools: { findVendor: finding(index) }, show: index % 3 === 0 }),
      ],
      convergence: 'off',
    }),
    replies: takesTools(subject.model)
      ? [failed, withLentCall(failed), failed, { text: 'GOOD' }]
      : [failed, { text: 'GOOD' }],
  }),
});
