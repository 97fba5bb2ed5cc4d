import { createInterface } from 'node:readline/promises';
import { type CommandOptions, runCommand, usage } from './commands.ts';
import type { OpenInbox } from './open-inbox.ts';

const takesOver = '--take-over';

/** Takes one command after another until the terminal is closed or told to quit. */
export async function talk(opened: OpenInbox, options: CommandOptions): Promise<void> {
  console.log(opened.place);
  await runCommand(opened, ['list'], options);
  console.log('\nlist, show ID, approve ID, edit ID TEXT, retry ID ADVICE, reject ID, claim ID, stats, help, quit');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  process.stdout.write('> ');
  for await (const line of terminal) {
    const words = line.trim().split(/\s+/);
    if (words[0] === 'quit' || words[0] === 'exit') break;
    if (words[0] === 'help') console.log(usage.replaceAll('npm run inbox -- ', ''));
    else if (words[0] !== '') {
      const command = words.filter((word) => word !== takesOver);
      await runCommand(opened, command, command.length < words.length ? { ...options, 'take-over': true } : options);
    }
    process.stdout.write('> ');
  }
  terminal.close();
}
