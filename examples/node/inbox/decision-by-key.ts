import type { Decision, Escalation } from '../../../src/index.ts';
import { ageOf } from './age.ts';
import { laidOut, oneLine } from './show.ts';
import { ask, edited } from './terminal.ts';

type Note = NonNullable<Escalation['notes']>[number];

interface Asked {
  /** What there is to edit. */
  proposal(): Promise<string>;
  /** The newest note, where it was not shown yet. */
  unreadNote(): Promise<Note | undefined>;
  /** Asks for one key more. */
  confirm(question: string): Promise<boolean>;
}

/** The decision of a key once its question is answered; a sentence where there is none; nothing for any other key. */
export async function decisionByKey(
  key: string,
  { proposal, unreadNote, confirm }: Asked,
): Promise<Decision | string | undefined> {
  switch (key) {
    case 'a': {
      const note = await unreadNote();
      const said = note === undefined ? '' : `${noteText(note)} – `;
      const isMeant = await confirm(`${said}Use this answer despite failed checks? y: yes, any other key: no.`);
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

function noteText({ by, at, text }: Note): string {
  return `Note by ${oneLine(by)}, ${ageOf(at, Date.now())} ago: ${oneLine(text)}`;
}
