import type { Store } from 'ai-staged-retry';

/** One call of a store, or of one of its indexes, as JSON. */
export type StoreCall =
  | { readonly type: 'get' | 'delete'; readonly key: string }
  | { readonly type: 'set'; readonly arguments: Parameters<Store['set']> }
  | { readonly type: 'add' | 'remove' | 'page'; readonly index: string; readonly arguments: readonly unknown[] };

/**
 * A store behind `answerStoreCall` of another runtime. Next.js gives the edge runtime a memory of its own; this lets both
 * share one on a machine without a server. A deployment uses Upstash.
 */
export function remoteStore(url: string, key: string): Store {
  async function call(storeCall: StoreCall) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(storeCall),
      cache: 'no-store',
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`The local store answered with ${response.status}.`);
    return (await response.json()).result;
  }
  return {
    get: (key) => call({ type: 'get', key }),
    set: (...all) => call({ type: 'set', arguments: all }),
    delete: (key) => call({ type: 'delete', key }),
    index: (index) => ({
      add: (...all) => call({ type: 'add', index, arguments: all }),
      remove: (...all) => call({ type: 'remove', index, arguments: all }),
      page: (...all) => call({ type: 'page', index, arguments: all }),
    }),
  };
}

/** Answers a call of `remoteStore`; `undefined` is a member that is missing. */
export async function answerStoreCall(store: Store, call: StoreCall): Promise<{ readonly result?: unknown }> {
  switch (call.type) {
    case 'get':
    case 'delete':
      return { result: await store[call.type](call.key) };
    case 'set':
      return { result: await store.set(...call.arguments) };
    default: {
      // Cast: written by `remoteStore` above, for the method of that name.
      const method = store.index(call.index)[call.type] as (...all: readonly unknown[]) => Promise<unknown>;
      return { result: await method(...call.arguments) };
    }
  }
}
