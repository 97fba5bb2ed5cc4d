import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { workThrough } from '../../../examples/node/inbox/screen.ts';
import { practiceInbox } from '../../escalation/practice-inbox.ts';

// The terminal's queue on an inbox of 50: answers of 3 lines and of 300 by turns, with what a terminal would obey.
const { inbox, file } = practiceInbox();
for (let number = 1; number <= 50; number++) {
  const count = number % 2 === 0 ? 300 : 3;
  const lines = Array.from(
    { length: count },
    (_, line) => `Line ${line + 1} \u001b[2J\u009b31m請求書 ${'wide '.repeat(line % 40)}`,
  );
  const { id } = await file(lines.join('\n'), {
    prompt: `Read invoice ${number}.\r\nPlease.`,
    describe: () => ({ title: `Invoice ${number}`, fields: { Total: `EUR ${number}` } }),
  });
  // Of two that are filed within a millisecond, either may come first.
  await setTimeout(2);
  if (number === 1) {
    await inbox.note(id, { by: 'Eve', text: 'Read.' });
    await inbox.note(id, { by: 'Bob', text: 'Ask the printer\n\u001b[2J first.' });
  }
}
// A stranger's key makes the terminal smaller, as a window does that is resized.
process.stdin.on('data', (key) => {
  if (`${key}` === 'w') spawnSync('stty', ['cols', '50', 'rows', '15'], { stdio: 'inherit' });
});
await workThrough({ inbox, place: '', isDemo: false, practice: async () => undefined, close() {} }, {});
// What was recorded, for whoever looks at the terminal afterwards.
const { escalations } = await inbox.list({ state: 'decided' });
for (const { title, decision } of escalations) console.log(title, JSON.stringify(decision));
