import { isDeepStrictEqual } from 'node:util';
import type { Decision, Escalation, EscalationSummary } from '../../../src/index.ts';
import { by } from './commands.ts';
import { decisionByKey } from './decision-by-key.ts';
import { forgetKeys, leaveKeys, nextKey, takeKeys } from './keys.ts';
import type { OpenInbox } from './open-inbox.ts';
import { type PageView, pageLines, topAfter, topAfterResize } from './page-view.ts';
import { createQueue } from './queue.ts';
import { queueLines } from './queue-view.ts';
import { decided, decisionPast, nameOf } from './show.ts';
import { drawLines, screenSize } from './terminal.ts';

/** A queue to work through with single keys, on a terminal of 80 columns or more, over SSH too. */
export async function workThrough({ inbox, practice, isDemo, place }: OpenInbox, scope: { readonly scope?: string }) {
  const queue = createQueue(inbox, scope);
  /** The one that is open; without it, the screen shows the queue. */
  let page: PageView | undefined;
  let notice = place;

  function draw(): void {
    const size = { ...screenSize(), notice, now: Date.now() };
    if (page === undefined) drawLines([...queueLines({ ...queue.view(), ...size }), '']);
    else drawLines(pageLines({ ...page, ...size }));
  }

  /** What the inbox has by now. */
  async function refresh(): Promise<void> {
    await queue.refresh();
    if (page === undefined) return;
    const escalation = await whole(page.escalation);
    if (isDeepStrictEqual(escalation, page.escalation)) return;
    if (page.escalation.state === 'pending' && escalation.state !== 'pending') notice = taken(escalation);
    page = { ...page, escalation };
  }

  async function open(summary: EscalationSummary): Promise<void> {
    page = { escalation: await whole(summary), top: 0, notice: '', now: Date.now(), ...screenSize() };
  }

  async function openBeside(step: 1 | -1): Promise<void> {
    // The open one may have left the queue meanwhile: the next one has its place.
    const isThere = queue.current()?.id === page?.escalation.id;
    const moved = (!isThere && step === 1) || (await queue.move(step));
    const current = queue.current();
    if (!moved || current === undefined) notice = step === 1 ? 'This is the last one.' : 'This is the first one.';
    else await open(current);
  }

  async function decide(target: EscalationSummary, decision: Decision, takeOver = false): Promise<void> {
    const { won, escalation } = await inbox.decide(target.id, decision, { by, takeOver });
    const holder = won ? undefined : escalation.claimed?.by;
    if (holder !== undefined) {
      if (await confirm(`${holder} is on it. Decide in their place? y: yes, any other key: no.`)) {
        await decide(target, decision, true);
      }
      return;
    }
    notice = won ? `${decisionPast[decision.type]}: ${nameOf(target)}` : taken(escalation);
    if (isDemo && won) await practice().catch(() => {});
    await refreshAfter(target, won);
  }

  /** From an open page a decision leads to the next one, and behind the last one to the queue. */
  async function refreshAfter(target: EscalationSummary, won: boolean): Promise<void> {
    if (page === undefined || !won) return await refresh();
    page = undefined;
    await queue.refresh();
    const next = queue.current();
    if (next !== undefined && next.createdAt >= target.createdAt) await open(next);
  }

  async function act(key: string): Promise<boolean> {
    if (key === 'ctrl-c') return false;
    return page === undefined ? await actInQueue(key) : await actInPage(key, page);
  }

  async function actInQueue(key: string): Promise<boolean> {
    const current = queue.current();
    switch (key) {
      case 'j':
      case 'down':
      case 'n':
        await queue.move(1);
        return true;
      case 'k':
      case 'up':
        await queue.move(-1);
        return true;
      case 'u':
        await refresh();
        notice = 'Refreshed.';
        return true;
      case 'q':
        return false;
      case 'return':
        notice = '';
        if (current !== undefined) await open(current);
        return true;
    }
    if (current !== undefined) await decideBy(key, current);
    return true;
  }

  async function actInPage(key: string, open: PageView): Promise<boolean> {
    const view = { ...open, ...screenSize() };
    if (key === 'resize') {
      page = { ...view, top: topAfterResize(open, view) };
      return true;
    }
    notice = '';
    const top = topAfter(key, view);
    if (top !== undefined) page = { ...view, top };
    else if (key === 'q' || key === 'escape') page = undefined;
    else if (key === 'n') await openBeside(1);
    else if (key === 'p') await openBeside(-1);
    else if (open.escalation.state === 'pending') await decideBy(key, open.escalation);
    return true;
  }

  async function decideBy(key: string, target: EscalationSummary): Promise<void> {
    const isInQueue = page === undefined;
    const decision = await decisionByKey(key, {
      confirm,
      proposal: async () => (await whole(target)).proposal,
      unreadNote: async () => (isInQueue ? (await whole(target)).notes?.at(-1) : undefined),
    });
    if (typeof decision === 'string') notice = decision;
    else if (decision !== undefined) await decide(target, decision);
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
    let key: string | undefined;
    do {
      draw();
      key = await nextKey();
    } while (key === undefined || key === 'resize');
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
        else isOpen = await act(key);
      } catch (error) {
        notice = error instanceof Error ? error.message : String(error);
      }
      if (isOpen) draw();
    }
  } finally {
    leaveKeys();
    process.stdout.write('\n');
  }
}

/** Somebody else decided first, or nobody did in time. */
function taken({ state, decision }: Escalation): string {
  return `Someone else was faster: ${decision === undefined ? state : decided(decision)}.`;
}
