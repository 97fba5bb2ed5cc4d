import { check, fallback, retry } from '../../src/index.ts';
import { failedTexts } from './failed-answers.ts';
import { subjects, takesTools } from './subjects.ts';
import { tellLadder } from './tell-ladder.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');
const callers = Object.values(subjects).filter(({ model }) => takesTools(model));

/** The next steps of an agent are asked of the wrapped model, which has to go on with what another model called. */
tellLadder("an agent's next steps after a call of the fallback", {
  failed: failedTexts,
  steps: 3,
  climb({ failed, subject, index }) {
    const start = callers.indexOf(subject) + 1;
    const other = callers[(start + (index % (callers.length - 1))) % callers.length] ?? subject;
    const call = { name: 'lookUp', input: '{"query": "a"}' };
    return {
      options: (models) => ({
        checks: [good],
        stages: [retry({ attempts: 1 }), fallback({ model: models[other.model], attempts: 1 })],
      }),
      replies: takesTools(subject.model)
        ? [
            failed,
            { reasoning: 'Let me look.', text: 'One moment.', calls: [call, call] },
            ...(index % 2 === 0 ? [{ reasoning: 'And the other.', text: 'GOOD so far.', calls: [call] }] : []),
            { text: 'GOOD' },
          ]
        : [failed, { text: 'GOOD' }],
    };
  },
});
