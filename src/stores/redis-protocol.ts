import { StoreError } from '../errors/store-error.ts';
import { finiteScore, refuseBadWrite, wholeTtlMs } from './arguments.ts';
import type { IndexEntry } from './index-entry.ts';
import { type PageRequest, readPage } from './page.ts';
import { redacted } from './redacted.ts';
import { addScript, deleteScript, pageScript, removeScript, setScript, timeScript } from './redis-scripts.ts';
import { entryKey, fromStored, indexKey, toStored } from './redis-text.ts';
import type { Store, StoreIndex, StoreSetOptions } from './store.ts';

/** The commands that a Redis client provides. */
export interface RedisPort {
  get(key: string): PromiseLike<unknown>;
  evaluate(script: string, key: string, args: string[]): PromiseLike<unknown>;
}

/** The store on any Redis client: a read is one GET, everything else one EVAL on one key. */
export function redisProtocolStore(port: RedisPort): Store {
  return {
    async get(key) {
      return fromStored(await guarded('get', key, () => port.get(entryKey(key))));
    },

    async set(key, value, { ttlMs, onlyIf } = {}) {
      refuseBadWrite(value, onlyIf);
      const ttl = String(wholeTtlMs(ttlMs) ?? '');
      const args = [toStored(value), ttl, ...condition(onlyIf)];
      const reply = await guarded('set', key, () => port.evaluate(setScript, entryKey(key), args));
      if (String(reply) === '1') return true;
      if (String(reply) === '0') return false;
      throw unexpectedReply('set', key);
    },

    async delete(key) {
      await guarded('delete', key, () => port.evaluate(deleteScript, entryKey(key), []));
    },

    index: (name) => redisIndex(port, name),

    async now() {
      const reply = await guarded('now', clockKey, () => port.evaluate(timeScript, clockKey, []));
      const [seconds, microseconds] = Array.isArray(reply) ? reply.map(Number) : [];
      if (seconds === undefined || microseconds === undefined) throw unexpectedReply('now', clockKey);
      return seconds * 1000 + microseconds / 1000;
    },
  };
}

/** A key without an entry: a script runs on the node of its key. */
const clockKey = 'sr:clock';

function redisIndex(port: RedisPort, name: string): StoreIndex {
  const key = indexKey(name);
  return {
    async add(member, score) {
      const args = [toStored(member), String(finiteScore(score))];
      await guarded('index.add', name, () => port.evaluate(addScript, key, args));
    },

    async remove(member) {
      await guarded('index.remove', name, () => port.evaluate(removeScript, key, [toStored(member)]));
    },

    page: (options) =>
      readPage(options, async (request) => {
        const args = pageArguments(request);
        const reply = await guarded('index.page', name, () => port.evaluate(pageScript, key, args));
        if (!Array.isArray(reply)) throw unexpectedReply('index.page', name);
        return entriesOf(reply);
      }),
  };
}

function condition(onlyIf: StoreSetOptions['onlyIf']): string[] {
  if (onlyIf === undefined) return ['always'];
  return onlyIf === 'absent' ? ['absent'] : ['equals', toStored(onlyIf.equals)];
}

function pageArguments({ order, count, after }: PageRequest): string[] {
  const place = after === undefined ? [] : [String(after.score), toStored(after.member)];
  return [order, String(count), ...place];
}

/** Members and scores alternate. */
function entriesOf(reply: readonly unknown[]): IndexEntry[] {
  const entries: IndexEntry[] = [];
  for (let index = 0; index < reply.length; index += 2) {
    const member = fromStored(reply[index]);
    if (member !== undefined) entries.push({ member, score: Number(reply[index + 1]) });
  }
  return entries;
}

/** Clients put the whole command into their errors; ours says only what failed and why. */
async function guarded<REPLY>(operation: string, key: string, call: () => PromiseLike<REPLY>): Promise<REPLY> {
  try {
    return await call();
  } catch (error) {
    const cause = redacted(error);
    throw new StoreError({ operation, key, reason: cause.message, cause });
  }
}

function unexpectedReply(operation: string, key: string): StoreError {
  return new StoreError({ operation, key, reason: 'the client returned a reply that Redis did not give' });
}
