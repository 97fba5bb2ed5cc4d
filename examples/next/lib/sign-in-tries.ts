import { createHash } from 'node:crypto';
import { headers } from 'next/headers';
import { store } from './store.ts';

const windowMs = 15 * 60_000;
/** Wrong passphrases within a window: of one name at an address, and of an address. */
const mostOfName = 5;
const mostOfAddress = 20;

/** A try to sign in, which counts until it turns out to be right. */
export interface Try {
  readonly isAllowed: boolean;
  /** Takes it back: whoever knows the passphrase does not use up the tries of others at the same address. */
  readonly forget: () => Promise<void>;
}

/** Counts a try before the passphrase is compared, so that many at once are no way around the limit. */
export async function countTry(name: string): Promise<Try> {
  const address = await clientAddress();
  const [ofName, ofAddress] = [keyOf(address, name.toLowerCase()), keyOf(address)];
  const counts = await Promise.all([add(ofName, 1), add(ofAddress, 1)]);
  return {
    isAllowed: counts[0] <= mostOfName && counts[1] <= mostOfAddress,
    async forget() {
      await Promise.all([store.delete(ofName), add(ofAddress, -1)]);
    },
  };
}

/** As the nearest proxy says it: what stands before that, anybody may have written. */
async function clientAddress(): Promise<string> {
  return (await headers()).get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
}

/** Names are nothing to keep: a digest tells them apart. */
function keyOf(...parts: readonly string[]): string {
  return `sign-in:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

/** The count of the window, after one more or less. */
async function add(key: string, difference: 1 | -1): Promise<number> {
  for (;;) {
    const text = await store.get(key);
    const { count, until } = text === undefined ? { count: 0, until: Date.now() + windowMs } : JSON.parse(text);
    const next = { count: count + difference, until, id: crypto.randomUUID() };
    const onlyIf = text === undefined ? ('absent' as const) : { equals: text };
    const ttlMs = Math.max(1, until - Date.now());
    if (await store.set(key, JSON.stringify(next), { ttlMs, onlyIf })) return next.count;
  }
}
