import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Store } from './store.ts';

/** A Redis client has `get` and `set` too, and would be taken for a store that never answers. */
export function isStore(store: unknown): store is Store {
  const { get, set, delete: remove, index } = (store ?? {}) as Partial<Store>;
  return [get, set, remove, index].every((member) => typeof member === 'function');
}

/** @throws InvalidArgumentError if it is not a store; the message says what it is. */
export function refuseNoStore(argument: string, store: unknown): void {
  if (isStore(store)) return;
  const message = `${argument} must be a store: memoryStore(), redisStore(client), upstashStore(redis)${insteadOf(store)}.`;
  throw new InvalidArgumentError({ argument, message });
}

/** @throws InvalidArgumentError if it is not a client; the message says what it is. */
export function refuseNoClient(factory: string, client: unknown, example: string): void {
  const { get, eval: evaluate } = (client ?? {}) as Record<string, unknown>;
  if (typeof get === 'function' && typeof evaluate === 'function') return;
  const message = `${factory}() needs a client: ${factory}(${example})${insteadOf(client)}.`;
  throw new InvalidArgumentError({ argument: factory, message });
}

/** What is often passed instead. */
function insteadOf(store: unknown): string {
  if (typeof store === 'function') return '; this is a function: call it';
  const { then, eval: evaluate, defineCommand, sendCommand, store: nested } = (store ?? {}) as Record<string, unknown>;
  if (typeof then === 'function') return '; this is a promise: await it';
  if (isStore(nested)) return '; this is an object that holds one: give its store';
  if (typeof defineCommand === 'function' || typeof sendCommand === 'function')
    return '; this is a client: wrap it with redisStore(client) of ai-staged-retry/redis';
  if (typeof evaluate === 'function')
    return '; this is a client: wrap it with upstashStore(redis) of ai-staged-retry/upstash, or redisStore(client) of /redis';
  return '';
}

/**
 * The time to live in whole milliseconds.
 *
 * @throws InvalidArgumentError for anything but a positive number.
 */
export function wholeTtlMs(ttlMs: number | undefined): number | undefined {
  if (ttlMs === undefined) return undefined;
  const whole = Math.ceil(ttlMs);
  if (Number.isSafeInteger(whole) && whole > 0) return whole;
  throw new InvalidArgumentError({ argument: 'ttlMs', message: `ttlMs must be above 0 and finite, not ${ttlMs}.` });
}

/** @throws InvalidArgumentError for a key that is no text. */
export function refuseBadKey(key: unknown): void {
  if (typeof key === 'string') return;
  throw new InvalidArgumentError({ argument: 'key', message: `The key must be a text; this is ${typeof key}.` });
}

/** @throws InvalidArgumentError for a value that is no text, and for a condition that would not hold a write back. */
export function refuseBadWrite(value: unknown, onlyIf: unknown): void {
  const { equals } = (onlyIf ?? {}) as { readonly equals?: unknown };
  if (typeof value !== 'string') throw new InvalidArgumentError({ argument: 'value', message: 'A store keeps texts.' });
  if (onlyIf === undefined || onlyIf === 'absent' || typeof equals === 'string') return;
  throw new InvalidArgumentError({ argument: 'onlyIf', message: "onlyIf must be 'absent' or { equals: text }." });
}

/** @throws InvalidArgumentError for anything below 1. */
export function positiveLimit(argument: string, limit: number): void {
  if (limit >= 1) return;
  throw new InvalidArgumentError({ argument, message: `${argument} must be at least 1, not ${limit}.` });
}

/** @throws InvalidArgumentError for NaN and infinities. */
export function finiteScore(score: number): number {
  if (Number.isFinite(score)) return score;
  throw new InvalidArgumentError({ argument: 'score', message: `score must be a finite number, not ${score}.` });
}

/** @throws InvalidArgumentError for anything but a whole number from 1. */
export function wholeLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new InvalidArgumentError({ argument: 'limit', message: `limit must be a whole number from 1, not ${limit}.` });
}
