'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { Session } from '../app/api/session/route.ts';
import { lookAgain } from './look-again.ts';
import { readJson } from './read-json.ts';

const againAfterMs = 20_000;
const nobody: Session = {};
const listeners = new Set<() => void>();
let session = nobody;
let stopLooking: (() => void) | undefined;

/** Who is signed in and how much waits, for the header of every page: less code than a library for data. */
export function useSession(): Session {
  useEffect(() => void refreshSession(), []);
  return useSyncExternalStore(
    subscribe,
    () => session,
    () => nobody,
  );
}

/** Asks the server anew; what cannot be read now stays as it was. */
export async function refreshSession(): Promise<void> {
  const latest = await readJson<Session>('/api/session').catch(() => undefined);
  if (latest === undefined || JSON.stringify(latest) === JSON.stringify(session)) return;
  session = latest;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stopLooking ??= lookAgain(againAfterMs, refreshSession);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopLooking?.();
    stopLooking = undefined;
  };
}
