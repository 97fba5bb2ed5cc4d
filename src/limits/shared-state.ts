import type { Effects } from '../effects/effects.ts';
import { sleep } from '../effects/waiting.ts';
import { refuseNoStore } from '../stores/arguments.ts';
import { guardedStore, readDeadlineMs } from '../stores/guarded-store.ts';
import type { Store } from '../stores/store.ts';

/** The next state (none if nothing changes), and the result for the caller. */
export interface Change<STATE, RESULT> {
  readonly state: STATE | undefined;
  readonly result: RESULT;
}

/** Small states shared by processes. Each change is one atomic step. */
export interface SharedState<STATE> {
  /** `change` may be called more than once. */
  update<RESULT>(key: string, change: (state: STATE | undefined) => Change<STATE, RESULT>): Promise<RESULT>;
}

/** The changes this process made while it could not reach the store. */
export interface Ahead<STATE> {
  /** The last state that was shared. */
  readonly before: STATE | undefined;
  /** A state written after it without a reply: other processes may have built on it. */
  readonly sent: STATE | undefined;
  readonly here: STATE;
}

export interface SharedStateOptions<STATE> {
  /** Without a store, the state belongs to this process alone. */
  readonly store: Store | undefined;
  readonly ttlMs: number;
  readonly effects: Effects;
  /** Whether the stored value is a state. Others may write there too. */
  readonly isState: (value: unknown) => value is STATE;
  /** Applies the local changes to the stored state. */
  readonly merge: (there: STATE, ahead: Ahead<STATE>) => STATE;
}

/** What this process knows about a key. */
interface Known<STATE> {
  readonly state: STATE;
  readonly at: number;
  /** The stored text; `undefined` once the state was changed only locally. */
  readonly text: string | undefined;
  readonly before: STATE | undefined;
  /** The text of a write without a reply: it may be stored. */
  readonly sent: string | undefined;
}

const maxKeys = 10_000;
const maxConflicts = 50;

/**
 * While the store fails, each process goes on from what it knows, and adds it to what is there afterwards. What the store
 * lost is put back.
 *
 * @throws InvalidArgumentError for a store that is none.
 */
export function sharedState<STATE extends object>(options: SharedStateOptions<STATE>): SharedState<STATE> {
  const { store, ttlMs, effects, isState, merge } = options;
  if (store !== undefined) refuseNoStore('store', store);
  const known = new Map<string, Known<STATE>>();
  const queues = new Map<string, Promise<unknown>>();
  const guarded = store === undefined ? undefined : guardedStore(store, effects);

  function remember(key: string, entry: Omit<Known<STATE>, 'at'>): void {
    known.delete(key);
    known.set(key, { ...entry, at: effects.now() });
    for (const oldest of known.keys()) {
      if (known.size <= maxKeys) break;
      known.delete(oldest);
    }
  }

  function updateHere<RESULT>(key: string, change: (state: STATE | undefined) => Change<STATE, RESULT>): RESULT {
    const entry = known.get(key);
    const { state, result } = change(entry?.state);
    if (state === undefined) return result;
    const before = entry?.text === undefined ? entry?.before : entry.state;
    remember(key, { state, text: undefined, before, sent: entry?.sent });
    return result;
  }

  /** The state that the next change starts from. */
  function current(key: string, text: string | undefined): STATE | undefined {
    const there = stateIn(text, isState);
    const entry = known.get(key);
    if (entry === undefined || effects.now() - entry.at > ttlMs) return there;
    if (there === undefined) return entry.state;
    if (entry.text !== undefined) return there;
    const { before, sent, state: here } = entry;
    if (sent === text) return merge(there, { before: there, sent: undefined, here });
    return merge(there, { before, sent: stateIn(sent, isState), here });
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
      const start = current(key, reading.text);
      const isAhead = known.get(key)?.text === undefined && known.has(key);
      const { state = isAhead ? start : undefined, result } = change(start);
      if (state === undefined) {
        if (mine === undefined) return result;
        continue;
      }
      const text = JSON.stringify({ state, id: effects.createId() });
      const onlyIf = reading.text === undefined ? ('absent' as const) : { equals: reading.text };
      const isWritten = await guarded.set(key, text, { ttlMs, onlyIf, deadlineMs: readDeadlineMs });
      if (isWritten === undefined) {
        remember(key, { state, text: undefined, before: stateIn(reading.text, isState), sent: text });
        return result;
      }
      if (isWritten) {
        remember(key, { state, text, before: undefined, sent: undefined });
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

function stateIn<STATE>(text: string | undefined, isState: (value: unknown) => value is STATE): STATE | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    const { state } = (value ?? {}) as { state?: unknown };
    return isState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}
