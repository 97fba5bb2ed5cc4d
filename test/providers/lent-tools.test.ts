import { check, lendTools, retry } from '../../src/index.ts';
import type { ProviderAnswer } from '../servers/provider-answers/index.ts';
import { lookUp } from './climber.ts';
import { failedAnswers } from './failed-answers.ts';
import { takesTools } from './subjects.ts';
import { tellLadder } from './tell-ladder.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');

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
        lendTools({ attempts: 3, tools: { findVendor: lookUp }, show: index % 3 === 0 }),
      ],
      convergence: 'off',
    }),
    replies: takesTools(subject.model)
      ? [failed, withLentCall(failed), failed, { text: 'GOOD' }]
      : [failed, { text: 'GOOD' }],
  }),
});
