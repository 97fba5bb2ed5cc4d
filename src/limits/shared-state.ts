import type { Effects } from '../effects/effects.ts';
import { sleep } from '../effects/waiting.ts';
import { refuseNoStore } from '../stores/arguments.ts';
import { guardedStore, readDeadlineMs } from '../stores/guarded-store.ts';
import type { Store } from '../stores/store.ts';

/** The next state, or none when nothing changes, and what the caller wanted to know. */
export interface Change<STATE, RESULT> {
  readonly state: STATE | undefined;
  readonly result: RESULT;
}

/** Small states that processes change together, each change one atomic step. */
export interface SharedState<STATE> {
  /** `change` may be called more than once. */
  update<RESULT>(key: string, change: (state: STATE | undefined) => Change<STATE, RESULT>): Promise<RESULT>;
}

export interface SharedStateOptions {
  /** Without one the state is this process's own. */
  readonly store: Store | undefined;
  readonly ttlMs: number;
  readonly effects: Effects;
}

const maxKeys = 1000;
const maxConflicts = 50;

/**
 * While the store fails, each process goes on from what it knows.
 *
 * @throws InvalidArgumentError for a store that is none.
 */
export function sharedState<STATE extends object>({ store, ttlMs, effects }: SharedStateOptions): SharedState<STATE> {
  if (store !== undefined) refuseNoStore('store', store);
  const known = new Map<string, { readonly state: STATE; readonly text: string | undefined }>();
  const queues = new Map<string, Promise<unknown>>();
  const guarded = store === undefined ? undefined : guardedStore(store, effects);

  function remember(key: string, state: STATE, text: string | undefined): void {
    if (known.size >= maxKeys && !known.has(key)) known.clear();
    known.set(key, { state, text });
  }

  function updateHere<RESULT>(key: string, change: (state: STATE | undefined) => Change<STATE, RESULT>): RESULT {
    const { state, result } = change(known.get(key)?.state);
    if (state !== undefined) remember(key, state, undefined);
    return result;
  }

  async function updateThere<RESULT>(
    key: string,
    change: (state: STATE | undefined) => Change<STATE, RESULT>,
  ): Promise<RESULT> {
    for (let conflicts = 0; guarded !== undefined && conflicts < maxConflicts; conflicts += 1) {
      // What this process wrote last is most often still there, and saves the read.
      const mine = conflicts === 0 ? known.get(key)?.text : undefined;
      const reading = mine === undefined ? await guarded.get(key, undefined) : { type: 'read' as const, text: mine };
      if (reading.type !== 'read') break;
      const { state, result } = change(parsed<STATE>(reading.text));
      if (state === undefined) {
        if (mine === undefined) return result;
        continue;
      }
      const text = JSON.stringify({ state, id: effects.createId() });
      const onlyIf = reading.text === undefined ? ('absent' as const) : { equals: reading.text };
      const isWritten = await guarded.set(key, text, { ttlMs, onlyIf, deadlineMs: readDeadlineMs });
      if (isWritten === undefined) break;
      if (isWritten) {
        remember(key, state, text);
        return result;
      }
      await sleep(Math.min(conflicts, 5) * 4 * effects.random(), effects);
    }
    return updateHere(key, change);
  }

  return {
    update(key, change) {
      if (guarded === undefined) return Promise.resolve().then(() => updateHere(key, change));
      // One at a time within the process, so that it does not compete with itself.
      const turn = (queues.get(key) ?? Promise.resolve()).then(() => updateThere(key, change));
      const settled = turn.then(
        () => {},
        () => {},
      );
      queues.set(key, settled);
      void settled.then(() => {
        if (queues.get(key) === settled) queues.delete(key);
      });
      return turn;
    },
  };
}

function parsed<STATE>(text: string | undefined): STATE | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    const isState = typeof value === 'object' && value !== null && 'state' in value;
    return isState ? (value.state as STATE) : undefined; // written by `updateThere`
  } catch {
    return undefined;
  }
}
