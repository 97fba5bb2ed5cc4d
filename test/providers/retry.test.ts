import { check, retry } from '../../src/index.ts';
import { failedAnswers } from './failed-answers.ts';
import { tellLadder } from './tell-ladder.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');

tellLadder('a retry after every answer', {
  failed: failedAnswers,
  climb: ({ failed }) => ({
    options: () => ({ checks: [good], stages: [retry({ attempts: 3 })], convergence: 'off' }),
    replies: [failed, failed, { text: 'GOOD' }],
  }),
});
