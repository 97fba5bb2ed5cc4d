import { type Entry, entryFromJson, entryToJson } from './entry.ts';
import type { SharedFailure } from './shared-failure.ts';

/** The value at a cache key: an answer, or the state of the run that is making one. */
export type CacheRecord =
  | { readonly type: 'entry'; readonly entry: Entry }
  /** A process is making the answer and renews this record. */
  | (Turn & { readonly type: 'lease' })
  /** The last run failed. */
  | (Turn & { readonly type: 'failure'; readonly at: number; readonly failure: SharedFailure })
  /** The result may not be cached: each caller makes its own. */
  | (Turn & { readonly type: 'uncached'; readonly at: number })
  /** The run was cancelled. */
  | (Turn & { readonly type: 'released' });

interface Turn {
  /** Unique per turn, so that no two records are equal. */
  readonly token: string;
  /** How many runs in a row failed before. */
  readonly failures: number;
  /** An answer too old for the caller who took the turn, but still good for others. */
  readonly previous?: Entry | undefined;
}

/** The version of the format. Records of any other version are a miss. */
const version = 1;

/** The record as text, bound to its key. */
export function recordText(key: string, record: CacheRecord): string {
  if (record.type === 'entry') return JSON.stringify({ v: version, key, ...record, entry: entryToJson(record.entry) });
  const { previous, ...turn } = record;
  const kept = previous === undefined ? {} : { previous: entryToJson(previous) };
  return JSON.stringify({ v: version, key, ...turn, ...kept });
}

/** The record of a text that `recordText` made for this key; `undefined` for any other. */
export function parseRecord(key: string, text: string): CacheRecord | undefined {
  const value = parsed(text);
  if (value?.v !== version || value.key !== key) return undefined;
  const { type, token, failures, at, failure } = value;
  if (type === 'entry') {
    const entry = entryFromJson(value.entry);
    return entry === undefined ? undefined : { type, entry };
  }
  if (typeof token !== 'string' || typeof failures !== 'number') return undefined;
  const turn = { token, failures, previous: entryFromJson(value.previous) };
  switch (type) {
    case 'lease':
    case 'released':
      return { type, ...turn };
    case 'uncached':
      return typeof at === 'number' ? { type, at, ...turn } : undefined;
    case 'failure':
      if (typeof at !== 'number' || typeof failure !== 'object' || failure === null) return undefined;
      return { type, at, failure: failure as SharedFailure, ...turn };
    default:
      return undefined;
  }
}

/** The name itself, or letters written as escapes, which `JSON.stringify` never writes. */
const mayNamePrototype = /__proto__|\\u00[4-7]/i;

/** A member `__proto__` would become a prototype in code that merges the object. */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = mayNamePrototype.test(text)
      ? JSON.parse(text, (name, member) => (name === '__proto__' ? undefined : member))
      : JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
