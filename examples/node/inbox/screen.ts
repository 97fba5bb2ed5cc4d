import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitKeypressEvents } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import type { Decision, Escalation } from '../../../src/index.ts';
import { by } from './commands.ts';
import type { OpenInbox } from './open-inbox.ts';
import { keyHelp, queueLines } from './queue-view.ts';
import { escalationText } from './show.ts';

/** A queue to work through with single keys, on a terminal of 80 columns or more, over SSH too. */
export async function workThrough({ inbox, practice, isDemo, place }: OpenInbox, scope: { readonly scope?: string }) {
  const { stdin, stdout } = process;
  let escalations: readonly Escalation[] = [];
  let selected = 0;
  let notice = `The inbox of ${place}.`;

  async function refresh(): Promise<void> {
    ({ escalations } = await inbox.list({ ...scope, order: 'oldest', limit: 200 }));
    selected = Math.max(0, Math.min(selected, escalations.length - 1));
  }

  function draw(): void {
    const size = { columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 };
    const lines = queueLines({ escalations, selected, notice, now: Date.now(), ...size });
    stdout.write(`\u001b[2J\u001b[H${lines.join('\n')}\n`);
  }

  async function decide(decision: Decision): Promise<void> {
    const current = escalations[selected];
    if (current === undefined) return;
    const { won, escalation } = await inbox.decide(current.id, decision, { by });
    notice = won
      ? `Done: ${decision.type}.`
      : `Somebody else decided it: ${escalation.decision?.type ?? escalation.state}.`;
    if (isDemo && won) await practice().catch(() => {});
    await refresh();
  }

  async function act(key: string): Promise<boolean> {
    const current = escalations[selected];
    switch (key) {
      case 'j':
      case 'down':
      case 'n':
        selected = Math.min(selected + 1, escalations.length - 1);
        return true;
      case 'k':
      case 'up':
        selected = Math.max(selected - 1, 0);
        return true;
      case 'u':
        await refresh();
        notice = 'Refreshed.';
        return true;
      case '?':
        notice = keyHelp;
        return true;
      case 'q':
        return false;
    }
    if (current === undefined) return true;
    switch (key) {
      case 'return':
        page(escalationText(current));
        break;
      case 'a':
        await decide({ type: 'approve' });
        break;
      case 'e': {
        const text = edited(current.proposal);
        if (text === undefined) notice = 'Nothing was changed, so nothing was sent.';
        else await decide({ type: 'edit', text });
        break;
      }
      case 'r': {
        const advice = await ask('Advice for the model: ');
        if (advice !== '') await decide({ type: 'retry', advice });
        break;
      }
      case 'x': {
        const reason = await ask('Reject, because (empty to go back): ');
        if (reason !== '') await decide({ type: 'reject', reason });
        break;
      }
    }
    return true;
  }

  async function ask(question: string): Promise<string> {
    stdin.setRawMode(false);
    const terminal = createInterface({ input: stdin, output: stdout });
    const answer = await terminal.question(question);
    terminal.close();
    stdin.setRawMode(true);
    stdin.resume();
    return answer.trim();
  }

  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    await refresh();
    draw();
    for (let isOpen = true; isOpen; ) {
      const key = await nextKey();
      try {
        isOpen = key !== 'ctrl-c' && (await act(key));
      } catch (error) {
        notice = error instanceof Error ? error.message : String(error);
      }
      if (isOpen) draw();
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write('\n');
  }
}

function nextKey(): Promise<string> {
  return new Promise((resolve) => {
    process.stdin.once('keypress', (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
      if (key.ctrl === true && key.name === 'c') resolve('ctrl-c');
      else resolve(text === '?' ? '?' : (key.name ?? text ?? ''));
    });
  });
}

/** Shows a long text with the pager there is. */
function page(text: string): void {
  const pager = process.env.PAGER ?? 'less';
  process.stdin.setRawMode(false);
  const { error } = spawnSync(pager, pager === 'less' ? ['-R'] : [], {
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  if (error !== undefined) process.stdout.write(`${text}\n`);
  process.stdin.setRawMode(true);
}

/** Opens a text in the editor there is; `undefined` when it comes back as it was. */
function edited(text: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'inbox-'));
  const file = join(folder, 'answer.json');
  try {
    writeFileSync(file, text);
    process.stdin.setRawMode(false);
    spawnSync(process.env.VISUAL ?? process.env.EDITOR ?? 'vi', [file], { stdio: 'inherit' });
    process.stdin.setRawMode(true);
    const changed = readFileSync(file, 'utf8');
    return changed.trimEnd() === text.trimEnd() ? undefined : changed.trimEnd();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
