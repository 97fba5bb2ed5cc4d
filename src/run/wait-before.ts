import type { Run } from '../context/run.ts';
import { sleep } from '../effects/waiting.ts';
import { attemptsOf } from '../policy/stage-ends.ts';
import type { Stage } from '../stages/stage.ts';
import type { History } from '../trace/history.ts';

/** Waits as long as a stage wants to before its next attempt; whether that took time. */
export async function waitBefore({ settings, abortSignal }: Run, stage: Stage, history: History): Promise<boolean> {
  const { effects } = settings;
  const { name, delay = 0 } = stage;
  const retries = attemptsOf(history, name).length;
  if (retries === 0) return false;
  const delayMs = typeof delay === 'number' ? delay : delay(retries, effects.random());
  if (delayMs > 0) await sleep(delayMs, effects, abortSignal);
  return delayMs > 0;
}
