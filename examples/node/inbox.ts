import { parseArgs } from 'node:util';
import { runCommand, usage } from './inbox/commands.ts';
import { openInbox } from './inbox/open-inbox.ts';
import { workThrough } from './inbox/screen.ts';
import { talk } from './inbox/talk.ts';

// A terminal inbox: `npm run inbox` shows the queue, `npm run inbox -- list` and the like do one thing.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scope: { type: 'string' },
    state: { type: 'string' },
    attempt: { type: 'string' },
    force: { type: 'boolean' },
    'take-over': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const opened = await openInbox();
  try {
    if (positionals.length > 0) process.exitCode = await runCommand(opened, positionals, values);
    else if (process.stdin.isTTY && process.stdout.isTTY)
      await workThrough(opened, values.scope === undefined ? {} : { scope: values.scope });
    else await talk(opened, values);
  } finally {
    opened.close();
  }
}
