import { retry } from '../../src/index.ts';
import { failedCalls } from './failed-answers.ts';
import { tellLadder } from './tell-ladder.ts';

/** What only the checks of the call object to goes out at the end of the ladder, and comes back with the agent's next step. */
tellLadder("an agent's next step after every call that no stage mended", {
  failed: failedCalls,
  steps: 3,
  comparesBare: true,
  climb: ({ failed }) => ({
    options: () => ({ stages: [retry({ attempts: 2 })], convergence: 'off' }),
    replies: [failed, failed, { text: 'GOOD' }],
  }),
});
