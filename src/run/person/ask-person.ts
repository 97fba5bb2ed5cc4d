import { emit } from '../../context/emit.ts';
import type { Run } from '../../context/run.ts';
import { linkedController } from '../../effects/linked-controller.ts';
import { raced } from '../../effects/waiting.ts';
import { StoreError } from '../../errors/store-error.ts';
import type { FiledEscalation, Inbox } from '../../escalation/inbox.ts';
import { type HumanStage, isHuman } from '../../stages/human.ts';
import type { Stage } from '../../stages/stage.ts';
import { redacted } from '../../stores/redacted.ts';
import type { History } from '../../trace/history.ts';
import { awaitDecision, goOnFrom } from './await-decision.ts';
import { conclude, latestAnswer } from './conclude.ts';
import { inboxesOf, keyOf, scopeOf } from './inbox-request.ts';

const fileTimeoutMs = 10_000;
/** How long an aborted run waits for an escalation that it is writing; what is only read is not waited for. */
const lastWriteMs = 2000;

/**
 * Files an escalation and waits or suspends; the history to go on with ends with what the person decided. Where another
 * process filed it first, that is the history the person saw.
 *
 * Rejects with `Suspended` while nobody has decided, and with `StoreError` when it cannot be filed.
 */
export async function askPerson(run: Run, stage: Stage | undefined, history: History): Promise<History> {
  if (!isHuman(stage)) throw new TypeError('A stage that asks a person must be made by human().');
  const { escalation, isNew, isRequest, history: filed } = await file(run, stage, history);
  await conclude(run, { type: 'asked-again', ...latestAnswer(history), escalationId: escalation.id });
  if (isRequest) emit(run, 'escalation-request', { escalation });
  if (!isNew) run.candidates.clear();
  run.abortSignal?.throwIfAborted();
  if (!isRequest && escalation.state === 'pending') emit(run, 'escalation-pending', { escalation });
  const asked = isNew ? history : filed;
  if (!isNew) goOnFrom(run, stage, filed);
  return [...asked, await awaitDecision(run, stage, { escalation, history: asked })];
}

async function file(run: Run, stage: HumanStage, history: History): Promise<FiledEscalation> {
  const { abortSignal, settings } = run;
  const { effects } = settings;
  // What still waits for the store when the run is over holds no listener on the caller's signal.
  const { controller, unlink } = linkedController(abortSignal);
  const filing = fileNext(run, stage, { history, abortSignal: controller.signal });
  try {
    return await raced(filing, { signal: abortSignal, timeoutMs: fileTimeoutMs, effects });
  } catch (error) {
    if (abortSignal?.aborted === true) {
      // People may see it already, so the run's events have to tell of it.
      return await raced(filing, { timeoutMs: lastWriteMs, effects }).catch(() => {
        throw abortSignal.reason;
      });
    }
    if (StoreError.isInstance(error)) throw error;
    const { message: reason } = redacted(error);
    throw new StoreError({ operation: 'file', key: stage.name, reason, cause: error });
  } finally {
    unlink();
  }
}

/** Earlier rounds lead to this one, so they are kept as long. */
async function fileNext(
  run: Run,
  stage: HumanStage,
  { history, abortSignal }: { readonly history: History; readonly abortSignal: AbortSignal },
): Promise<FiledEscalation> {
  const { params, callOptions, settings } = run;
  const earlier = history.flatMap((entry) => (entry.type === 'decision' ? [entry.escalationId] : []));
  if (earlier.length > 0) {
    const others = inboxesOf(run).filter((inbox) => inbox !== stage.inbox);
    const keep = (inbox: Inbox) => inbox.keep(earlier, 2 * stage.inbox.ttlMs);
    // A failing store of another stage must not prevent filing here.
    const keeping = Promise.all([keep(stage.inbox), Promise.allSettled(others.map(keep))]);
    await raced(keeping, { signal: abortSignal });
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
    abortSignal,
  });
}
