import { createInterface, type Interface } from 'node:readline/promises';
import type { Decision, Escalation } from '../../../src/index.ts';

/** Asks whoever sits at the terminal; where there is none, a script answers. */
export async function askPerson(escalation: Escalation): Promise<Decision & { readonly by: string }> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return { ...scriptedDecision(escalation), by: 'the script' };
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  try {
    return { ...(await askAtTerminal(terminal, escalation, closed.signal)), by: process.env.USER ?? 'you' };
  } catch (error) {
    if (!closed.signal.aborted) throw error;
    return { type: 'reject', reason: 'The terminal was closed.', by: 'nobody' };
  } finally {
    terminal.close();
  }
}

async function askAtTerminal(terminal: Interface, { proposal }: Escalation, signal: AbortSignal): Promise<Decision> {
  for (;;) {
    const choice = await terminal.question('  approve, edit, advise or reject? [a/e/d/r] ', { signal });
    switch (choice.trim().toLowerCase()[0]) {
      case 'a':
        return { type: 'approve' };
      case 'e': {
        const edited = terminal.question('  the right answer: ', { signal });
        terminal.write(proposal.replaceAll(/\s+/g, ' '));
        return { type: 'edit', text: await edited };
      }
      case 'd':
        return { type: 'retry', advice: await terminal.question('  tell the model: ', { signal }) };
      case 'r':
        return { type: 'reject', reason: await terminal.question('  why? ', { signal }) };
    }
  }
}

/** Advises once on the smudged price; what fails after that stands as it is. */
function scriptedDecision({ prompt, attempts }: Escalation): Decision {
  const wasAdvised = attempts.some(({ stage }) => stage === 'human');
  if (wasAdvised || !JSON.stringify(prompt).includes('INV-2043')) return { type: 'approve' };
  return { type: 'retry', advice: 'A carton costs 128.50. The printed total is wrong: make it 1,688.00.' };
}
