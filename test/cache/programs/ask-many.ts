/** Asks a wrapped model many times, as one process of many, and prints what came back as JSON. */
import { readFileSync } from 'node:fs';
import { Redis as UpstashRedis } from '@upstash/redis';
import { generateText } from 'ai';
import { Redis as IoRedis } from 'ioredis';
import { createClient } from 'redis';
import { type CacheOptions, reportOf, type Store, withStagedRetry } from '../../../src/index.ts';
import { redisStore } from '../../../src/stores/redis.ts';
import { upstashStore } from '../../../src/stores/upstash.ts';
import { upstreamModel } from '../upstream-model.ts';

export interface Assignment {
  readonly client: 'node-redis' | 'ioredis' | 'upstash';
  readonly url: string;
  readonly token?: string;
  readonly upstreamUrl: string;
  readonly cache: Omit<CacheOptions, 'store'>;
  readonly calls: readonly { readonly prompt: string; readonly scope: string }[];
  readonly concurrency: number;
}

export interface AskedCall {
  readonly prompt: string;
  readonly scope: string;
  readonly text?: string;
  readonly status?: string | undefined;
  readonly error?: string;
}

const assignment: Assignment = JSON.parse(readFileSync(process.stdin.fd, 'utf8'));
const { store, close } = await openStore(assignment);
const model = withStagedRetry(upstreamModel(assignment.upstreamUrl), { cache: { store, ...assignment.cache } });
const results: AskedCall[] = [];
const waiting = [...assignment.calls];
await Promise.all(Array.from({ length: assignment.concurrency }, work));
process.stdout.write(JSON.stringify(results));
close();

async function work(): Promise<void> {
  for (let call = waiting.pop(); call !== undefined; call = waiting.pop()) results.push(await ask(call));
}

async function ask({ prompt, scope }: { prompt: string; scope: string }): Promise<AskedCall> {
  try {
    const providerOptions = { stagedRetry: { scope } };
    const { text, providerMetadata } = await generateText({ model, prompt, providerOptions, maxRetries: 0 });
    return { prompt, scope, text, status: reportOf(providerMetadata)?.cache?.status };
  } catch (error) {
    return { prompt, scope, error: String(error) };
  }
}

async function openStore({ client, url, token = '' }: Assignment): Promise<{ store: Store; close: () => void }> {
  switch (client) {
    case 'node-redis': {
      const redis = await createClient({ url }).connect();
      return { store: redisStore(redis), close: () => redis.destroy() };
    }
    case 'ioredis': {
      const redis = new IoRedis(url);
      return { store: redisStore(redis), close: () => redis.disconnect() };
    }
    case 'upstash':
      return { store: upstashStore(new UpstashRedis({ url, token, enableTelemetry: false })), close: () => {} };
  }
}
