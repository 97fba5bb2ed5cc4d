import { check, fallback, retry } from '../../src/index.ts';
import { failedAnswers } from './failed-answers.ts';
import { canSay, subjects } from './subjects.ts';
import { tellLadder } from './tell-ladder.ts';

const good = check('good', ({ text }) => text.includes('GOOD') || 'Say GOOD.');
const all = Object.values(subjects);

/** Each answer is handed to another model than the one before, so that all meet all. */
tellLadder('a fallback after every answer', {
  failed: failedAnswers,
  climb({ failed, subject, index }) {
    const other = all[(all.indexOf(subject) + 1 + (index % (all.length - 1))) % all.length] ?? subject;
    const third = all[(all.indexOf(other) + 1 + (index % 7)) % all.length] ?? subject;
    const said = canSay(other, failed) ? failed : { text: 'I guess.' };
    return {
      options: (models) => ({
        checks: [good],
        stages: [
          retry({ attempts: 1 }),
          fallback({ model: models[other.model], attempts: 2, providerOptions: optionsOf(other) }),
          fallback({ name: 'third', model: models[third.model], attempts: 1, providerOptions: optionsOf(third) }),
        ],
        convergence: 'off',
      }),
      replies: [failed, said, said, { text: 'GOOD' }],
    };
  },
});

function optionsOf({ providerOptions = {} }: (typeof all)[number]) {
  return providerOptions as never; // JSON, as the SDK types it
}
