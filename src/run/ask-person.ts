import { emit } from '../context/emit.ts';
import type { Run } from '../context/run.ts';
import { raced } from '../effects/waiting.ts';
import { StoreError } from '../errors/store-error.ts';
import type { FiledEscalation, FoundEscalation, Inbox } from '../escalation/inbox.ts';
import { requestKey } from '../escalation/request-key.ts';
import { type HumanStage, isHuman } from '../stages/human.ts';
import { redacted } from '../stores/redacted.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { AppliedDecision, History } from '../trace/history.ts';
import { conclude, latestAnswer } from './conclude.ts';
import { Suspended } from './suspended.ts';

/** Reading the inbox for a request that may have been sent before must not hold up a run. */
const findTimeoutMs = 1000;
const fileTimeoutMs = 10_000;

/**
 * Files an escalation and waits or suspends; the history to go on with ends with what the person decided. Where another
 * process filed it first, that is the history the person saw.
 *
 * Rejects with `Suspended` while nobody has decided, and with `StoreError` when it cannot be filed.
 */
export async function askPerson(run: Run, stage: HumanStage, history: History): Promise<History> {
  const { escalation, isNew, history: filed } = await file(run, stage, history);
  await conclude(run, { type: 'asked-again', ...latestAnswer(history), escalationId: escalation.id });
  if (isNew) emit(run, 'escalation-request', { escalation });
  else run.candidates.clear();
  const asked = isNew ? history : filed;
  return [...asked, await awaitDecision(run, stage, { escalation, history: asked })];
}

async function file(run: Run, stage: HumanStage, history: History): Promise<FiledEscalation> {
  const { abortSignal, settings } = run;
  try {
    return await raced(fileNext(run, stage, history), {
      signal: abortSignal,
      timeoutMs: fileTimeoutMs,
      effects: settings.effects,
    });
  } catch (error) {
    abortSignal?.throwIfAborted();
    if (StoreError.isInstance(error)) throw error;
    const { message: reason } = redacted(error);
    throw new StoreError({ operation: 'file', key: stage.name, reason, cause: error });
  }
}

/** The rounds before lead to this one, so that they are kept as long. */
async function fileNext(run: Run, stage: HumanStage, history: History): Promise<FiledEscalation> {
  const { params, callOptions, settings } = run;
  const earlier = history.flatMap((entry) => (entry.type === 'decision' ? [entry.escalationId] : []));
  if (earlier.length > 0) {
    const others = inboxesOf(run).filter((inbox) => inbox !== stage.inbox);
    const keep = (inbox: Inbox) => inbox.keep(earlier, 2 * stage.inbox.ttlMs);
    // Another tier's store that is down must not keep this one from filing.
    await Promise.all([keep(stage.inbox), Promise.allSettled(others.map(keep))]);
  }
  return await stage.inbox.file({
    requestKey: await keyOf(run),
    scope: scopeOf(run),
    stage: stage.name,
    passesOnTo: settings.ladder.slice(settings.ladder.indexOf(stage) + 1).find(isHuman)?.name ?? null,
    prompt: params.prompt,
    history,
    metadata: callOptions.metadata,
    describe: stage.describe,
    released: run.live?.text.owed(),
  });
}

function inboxesOf({ settings }: Run): readonly Inbox[] {
  return [...new Set(settings.ladder.filter(isHuman).map(({ inbox }) => inbox))];
}

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
  const escalation = found.isAnnounced ? found.escalation : await announce(run, stage, found.escalation);
  const { history } = found;
  return [...history, await awaitDecision(run, stage, { escalation, history })];
}

/** Tells of an escalation that a process wrote and died before it told anybody. */
async function announce(run: Run, { inbox }: HumanStage, pending: Escalation): Promise<Escalation> {
  const { abortSignal, settings } = run;
  const announcing = inbox.announce(pending.id);
  const options = { signal: abortSignal, timeoutMs: fileTimeoutMs, effects: settings.effects };
  try {
    const escalation = await raced(announcing, options);
    if (escalation === undefined) return pending;
    emit(run, 'escalation-request', { escalation });
    return escalation;
  } catch {
    abortSignal?.throwIfAborted();
    return pending;
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

async function awaitDecision(
  run: Run,
  stage: HumanStage,
  { escalation, history }: Pick<Suspended, 'escalation' | 'history'>,
): Promise<AppliedDecision> {
  const decided = await decidedBy(run, stage, escalation);
  if (decided?.decision === undefined)
    throw new Suspended({ escalation, history, response: responseOf(run, stage, escalation) });
  run.state.decided = { inbox: stage.inbox, escalation: decided };
  emit(run, 'escalation-response', { escalation: decided, decision: decided.decision });
  return { type: 'decision', stage: stage.name, escalationId: decided.id, decision: decided.decision };
}

/** A call that wants JSON could not read a text about waiting. */
function responseOf({ params }: Run, stage: HumanStage, escalation: Escalation): string | undefined {
  const canRespond = stage.whenPending === 'respond' && params.responseFormat?.type !== 'json';
  return canRespond ? stage.response(escalation) : undefined;
}

async function decidedBy(
  run: Run,
  { inbox, wait }: HumanStage,
  escalation: Escalation,
): Promise<Escalation | undefined> {
  if (escalation.state === 'decided') return escalation;
  if (wait === undefined) return undefined;
  return await inbox.waitFor(escalation.id, { ...wait, abortSignal: run.abortSignal });
}

function keyOf(run: Run): Promise<string> {
  const { model, params, callOptions, state } = run;
  state.requestKey ??= requestKey({ scope: scopeOf(run), model, params, resumeKey: callOptions.resumeKey });
  return state.requestKey;
}

/** A call without a scope was refused before the run began. */
function scopeOf({ scope }: Run): string {
  return scope ?? 'public';
}
