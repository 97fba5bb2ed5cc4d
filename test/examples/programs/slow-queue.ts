import { workThrough } from '../../../examples/node/inbox/screen.ts';
import type { ListOptions } from '../../../src/index.ts';
import { practiceInbox } from '../../escalation/practice-inbox.ts';

// The terminal's queue on an inbox that, after its first answer, answers when a key has been pressed.
const { inbox, file } = practiceInbox();
await file('one');
await file('two');
await file('three');
let reads = 0;
async function list(options?: ListOptions) {
  reads += 1;
  if (reads > 1) {
    const pressed = new Promise((resolve) => process.stdin.once('keypress', resolve));
    console.log('It reads.');
    await pressed;
  }
  return await inbox.list(options);
}
// Cast: summaries or not, the inbox answers as it is asked.
const slow = { ...inbox, list: list as typeof inbox.list };
await workThrough({ inbox: slow, place: '', isDemo: false, practice: async () => undefined, close() {} }, {});
