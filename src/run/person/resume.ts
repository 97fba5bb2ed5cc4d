import { emit } from '../../context/emit.ts';
import type { Run } from '../../context/run.ts';
import { raced } from '../../effects/waiting.ts';
import type { FoundEscalation, Inbox } from '../../escalation/inbox.ts';
import { type HumanStage, isHuman } from '../../stages/human.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { History } from '../../trace/history.ts';
import { awaitDecision, goOnFrom } from './await-decision.ts';
import { inboxesOf, keyOf } from './inbox-request.ts';

/** Looking up an earlier request in the inbox must not delay the run. */
const findTimeoutMs = 1000;
const announceTimeoutMs = 10_000;

/**
 * The history of the same request sent before, with what a person decided; empty for a fresh one. Fails open: with an
 * inbox that cannot be read the run begins afresh.
 *
 * Rejects with `Suspended` when the person has still not decided.
 */
export async function resume(run: Run): Promise<History> {
  const stages = run.settings.ladder.filter(isHuman);
  const inboxes = inboxesOf(run);
  if (inboxes.length === 0) return [];
  const found = await findLatest(run, inboxes);
  if (found === undefined) return [];
  const stage = stages.find(({ name }) => name === found.stage) ?? stages[0];
  if (stage === undefined) return found.history;
  const announced = found.isAnnounced ? undefined : await announce(run, stage, found.escalation);
  const escalation = announced ?? found.escalation;
  if (announced !== undefined) emit(run, 'escalation-request', { escalation });
  else if (escalation.state === 'pending') emit(run, 'escalation-pending', { escalation });
  const { history } = found;
  goOnFrom(run, stage, history);
  return [...history, await awaitDecision(run, stage, { escalation, history })];
}

/** Announces an escalation whose process died before it could. */
async function announce(run: Run, { inbox }: HumanStage, { id }: Escalation): Promise<Escalation | undefined> {
  const { abortSignal, settings } = run;
  const announcing = inbox.announce(id);
  const options = { signal: abortSignal, timeoutMs: announceTimeoutMs, effects: settings.effects };
  try {
    return await raced(announcing, options);
  } catch {
    abortSignal?.throwIfAborted();
    return undefined;
  }
}

async function findLatest(run: Run, inboxes: readonly Inbox[]): Promise<FoundEscalation | undefined> {
  const key = await keyOf(run);
  let latest: FoundEscalation | undefined;
  for (let round = 0; ; round += 1) {
    const found = await findIn(run, inboxes, key, round);
    if (found === undefined) return latest;
    if (!found.isOver) latest = found;
    if (found.escalation.decision === undefined) return latest;
  }
}

async function findIn(
  { abortSignal, settings: { effects } }: Run,
  inboxes: readonly Inbox[],
  key: string,
  round: number,
): Promise<FoundEscalation | undefined> {
  for (const inbox of inboxes) {
    try {
      const found = await raced(inbox.find(key, round), { signal: abortSignal, timeoutMs: findTimeoutMs, effects });
      if (found !== undefined) return found;
    } catch {
      abortSignal?.throwIfAborted();
    }
  }
  return undefined;
}
