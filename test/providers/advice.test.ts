import { check, createInbox, EscalationPendingError, human, retry } from '../../src/index.ts';
import { failedAnswers } from './failed-answers.ts';
import { tellLadder } from './tell-ladder.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');

tellLadder("a person's advice after every answer", {
  failed: failedAnswers,
  climb: ({ failed }) => {
    const inbox = createInbox();
    return {
      options: () => ({
        checks: [good],
        stages: [retry({ attempts: 1 }), human({ inbox, attempts: 3 })],
        scope: 'public',
        convergence: 'off',
      }),
      replies: [failed, failed, { text: 'GOOD' }],
      async decide(error) {
        const pending = EscalationPendingError.find(error);
        if (pending === undefined) return false;
        return (await inbox.decide(pending.escalation.id, { type: 'retry', advice: 'Say GOOD.' })).won;
      },
    };
  },
});
