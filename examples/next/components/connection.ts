'use client';

import { useSyncExternalStore } from 'react';

/** The state of the connection; `refused` where somebody wanted what needs the server meanwhile. */
export type Connection = 'up' | 'offline' | 'refused';

/** The latest request had no response. */
let hasFailed = false;
let wasRefused = false;
const listeners = new Set<() => void>();

/** `fetch`, by which the app knows whether the server can be reached. */
export const watchedFetch: typeof fetch = async (input, init) => {
  try {
    const response = await fetch(input, init);
    change({ failed: false });
    return response;
  } catch (error) {
    if (error instanceof TypeError) change({ failed: true });
    throw error;
  }
};

/**
 * Does what needs the server: opens a page, signs out. Without a connection it says so instead, where the router would leave
 * the app for the error page of the browser.
 */
export function withServer(action: () => void): void {
  if (navigator.onLine && !hasFailed) action();
  else void watchedFetch('/api/session').then(action, refuse);
}

/** Returns once the server answers; says that it cannot be reached until then. */
export async function whenUp(): Promise<void> {
  for (;;) {
    try {
      await watchedFetch('/api/session');
      return;
    } catch {
      refuse();
      await changeForTheBetter();
    }
  }
}

export function refuse(): void {
  change({ failed: true, refused: true });
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, current, () => 'up');
}

function current(): Connection {
  return wasRefused ? 'refused' : navigator.onLine ? 'up' : 'offline';
}

function change({ failed, refused = failed && wasRefused }: { failed: boolean; refused?: boolean }): void {
  [hasFailed, wasRefused] = [failed, refused];
  for (const listener of listeners) listener();
}

function changeForTheBetter(): Promise<void> {
  return new Promise((resolve) => {
    const stop = subscribe(() => {
      if (hasFailed) return;
      stop();
      resolve();
    });
  });
}

function subscribe(listener: () => void): () => void {
  const comeBack = () => change({ failed: false });
  listeners.add(listener);
  window.addEventListener('online', comeBack);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', comeBack);
    window.removeEventListener('offline', listener);
  };
}
