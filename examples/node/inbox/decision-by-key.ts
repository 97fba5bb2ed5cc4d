import type { Decision } from '../../../src/index.ts';
import { laidOut } from './show.ts';
import { ask, edited } from './terminal.ts';

interface Asked {
  /** What there is to edit. */
  proposal(): Promise<string>;
  /** Asks for one key more. */
  confirm(question: string): Promise<boolean>;
}

/** The decision of a key once its question is answered; a sentence where there is none; nothing for any other key. */
export async function decisionByKey(key: string, { proposal, confirm }: Asked): Promise<Decision | string | undefined> {
  switch (key) {
    case 'a': {
      const isMeant = await confirm('Use this answer despite failed checks? y: yes, any other key: no.');
      return isMeant ? { type: 'approve' } : undefined;
    }
    case 'e': {
      const text = edited(laidOut(await proposal()));
      return text === undefined ? 'Nothing was changed, so nothing was sent.' : { type: 'edit', text };
    }
    case 's': {
      const advice = await ask('What should the model know? (Esc to go back) ');
      return advice === '' ? undefined : { type: 'retry', advice };
    }
    case 'r': {
      const reason = await ask('Why reject it? (Esc to go back) ');
      return reason === '' ? undefined : { type: 'reject', reason };
    }
    default:
      return undefined;
  }
}
