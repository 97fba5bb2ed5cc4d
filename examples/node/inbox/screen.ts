import type { Decision, Escalation, EscalationSummary } from '../../../src/index.ts';
import { by } from './commands.ts';
import { escalationText } from './escalation-text.ts';
import { forgetKeys, leaveKeys, nextKey, takeKeys } from './keys.ts';
import type { OpenInbox } from './open-inbox.ts';
import { queueLines } from './queue-view.ts';
import { decided, decisionPast, laidOut, nameOf } from './show.ts';
import { ask, edited, page } from './terminal.ts';

/** How many are read beyond the one that is selected. */
const readAhead = 100;

/** A queue to work through with single keys, on a terminal of 80 columns or more, over SSH too. */
export async function workThrough({ inbox, practice, isDemo, place }: OpenInbox, scope: { readonly scope?: string }) {
  const { stdout } = process;
  let escalations: readonly EscalationSummary[] = [];
  let total = 0;
  let selected = 0;
  let notice = place;

  async function refresh(): Promise<void> {
    const open = escalations[selected]?.id;
    const [read, stats] = await Promise.all([readQueue(selected + readAhead), inbox.stats(scope)]);
    escalations = read;
    total = Math.max(stats.pending, read.length);
    const place = escalations.findIndex(({ id }) => id === open);
    if (place === -1) forgetKeys();
    selected = Math.max(0, place === -1 ? Math.min(selected, escalations.length - 1) : place);
  }

  /** The oldest ones, at least as many unless there are fewer. */
  async function readQueue(count: number): Promise<readonly EscalationSummary[]> {
    const read: EscalationSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await inbox.list({ ...scope, order: 'oldest', limit: readAhead, summary: true, cursor });
      read.push(...page.escalations);
      cursor = page.cursor;
    } while (cursor !== undefined && read.length < count);
    return read;
  }

  function draw(): void {
    const size = { columns: columns(), rows: stdout.rows ?? 24 };
    const lines = queueLines({ escalations, total, selected, notice, now: Date.now(), ...size });
    stdout.write(`\u001b[2J\u001b[H${lines.join('\n')}\n`);
  }

  async function decide(decision: Decision, takeOver = false): Promise<void> {
    const current = escalations[selected];
    if (current === undefined) return;
    const { won, escalation } = await inbox.decide(current.id, decision, { by, takeOver });
    const holder = won ? undefined : escalation.claimed?.by;
    if (holder !== undefined) {
      if (await confirm(`${holder} is on it. Decide in their place? y: yes, any other key: no.`)) {
        await decide(decision, true);
      }
      return;
    }
    notice = won
      ? `${decisionPast[decision.type]}: ${nameOf(current)}`
      : `Someone else was faster: ${escalation.decision === undefined ? escalation.state : decided(escalation.decision)}.`;
    if (isDemo && won) await practice().catch(() => {});
    await refresh();
  }

  async function act(key: string): Promise<boolean> {
    const current = escalations[selected];
    switch (key) {
      case 'j':
      case 'down':
      case 'n':
        if (selected + 1 === escalations.length && total > escalations.length) await refresh();
        selected = Math.max(0, Math.min(selected + 1, escalations.length - 1));
        return true;
      case 'k':
      case 'up':
        selected = Math.max(selected - 1, 0);
        return true;
      case 'u':
        await refresh();
        notice = 'Refreshed.';
        return true;
      case 'q':
        return false;
    }
    if (current === undefined) return true;
    switch (key) {
      case 'return':
        await page(escalationText(await whole(current), { now: Date.now(), columns: columns() }));
        break;
      case 'a':
        if (await confirm('Use this answer despite failed checks? y: yes, any other key: no.')) {
          await decide({ type: 'approve' });
        }
        break;
      case 'e': {
        const text = edited(laidOut((await whole(current)).proposal));
        if (text === undefined) notice = 'Nothing was changed, so nothing was sent.';
        else await decide({ type: 'edit', text });
        break;
      }
      case 's': {
        const advice = await ask('What should the model know? (empty to go back) ');
        if (advice !== '') await decide({ type: 'retry', advice });
        break;
      }
      case 'r': {
        const reason = await ask('Why reject it? (empty to go back) ');
        if (reason !== '') await decide({ type: 'reject', reason });
        break;
      }
    }
    return true;
  }

  async function whole({ id }: EscalationSummary): Promise<Escalation> {
    const escalation = await inbox.get(id);
    if (escalation === undefined) throw new Error('This escalation is no longer there.');
    return escalation;
  }

  /** One key more, so that a key pressed twice decides nothing. */
  async function confirm(question: string): Promise<boolean> {
    notice = question;
    forgetKeys();
    draw();
    let key = await nextKey();
    while (key === undefined) key = await nextKey();
    notice = '';
    return key === 'y';
  }

  takeKeys();
  try {
    await refresh();
    draw();
    for (let isOpen = true; isOpen; ) {
      const key = await nextKey();
      try {
        if (key === undefined) await refresh();
        else isOpen = key !== 'ctrl-c' && (await act(key));
      } catch (error) {
        notice = error instanceof Error ? error.message : String(error);
      }
      if (isOpen) draw();
    }
  } finally {
    leaveKeys();
    stdout.write('\n');
  }
}

function columns(): number {
  return process.stdout.columns ?? 80;
}
