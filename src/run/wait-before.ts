import type { Run } from '../context/run.ts';
import { timeLeft } from '../context/spent.ts';
import { sleep } from '../effects/waiting.ts';
import { calling } from '../errors/thrown-by-caller.ts';
import { attemptsOf } from '../policy/stage-ends.ts';
import type { Stage } from '../stages/stage.ts';
import type { History } from '../trace/history.ts';

/** Waits as long as a stage wants to before its next attempt, or until the budget's time is up; whether it waited. */
export async function waitBefore(run: Run, stage: Stage, history: History): Promise<boolean> {
  const { abortSignal } = run;
  const { effects } = run.settings;
  const { name, delay = 0 } = stage;
  const retries = attemptsOf(history, name).length;
  if (retries === 0) return false;
  const delayMs =
    typeof delay === 'number' ? delay : calling(`delay of the stage "${name}"`, () => delay(retries, effects.random()));
  if (delayMs > 0) await sleep(Math.min(delayMs, timeLeft(run) + 1), effects, abortSignal);
  return delayMs > 0;
}
