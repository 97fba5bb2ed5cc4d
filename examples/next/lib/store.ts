import { Redis } from '@upstash/redis';
import { memoryStore, type Store } from 'ai-staged-retry';
import { upstashStore } from 'ai-staged-retry/upstash';
import { localUrl } from './addresses.ts';
import { remoteStore } from './remote-store.ts';

const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token, LOCAL_STORE_KEY: localKey } = process.env;

/** Whether what is stored outlives this process. */
export const isDurable = Boolean(url && token);

/** Upstash where its variables are set, else the memory of the Node.js runtime, which the edge runtime asks for over HTTP. */
export const store: Store = createStore();

function createStore(): Store {
  if (url && token) return upstashStore(new Redis({ url, token, signal: () => AbortSignal.timeout(5_000) }));
  if (process.env.NEXT_RUNTIME === 'edge' && localKey) return remoteStore(`${localUrl()}/api/store`, localKey);
  // A module can be loaded more than once, by routes that are bundled apart and while the app is developed.
  const shared = globalThis as { invoiceStore?: Store };
  shared.invoiceStore ??= memoryStore();
  return shared.invoiceStore;
}
