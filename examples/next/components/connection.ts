'use client';

import { useSyncExternalStore } from 'react';

/** By the latest request; `refused` where somebody wanted what needs the server while it could not be reached. */
let server: 'up' | 'down' | 'refused' = 'up';
const listeners = new Set<() => void>();

/** `fetch`, by which the app knows whether the server can be reached. */
export const watchedFetch: typeof fetch = async (input, init) => {
  try {
    const response = await fetch(input, init);
    become('up');
    return response;
  } catch (error) {
    if (error instanceof TypeError && server === 'up') become('down');
    throw error;
  }
};

/**
 * Opens a page, which needs the server. Without a connection it says so instead, where the router would leave
 * the app for the error page of the browser.
 */
export function withServer(action: () => void): void {
  if (navigator.onLine && server === 'up') action();
  else void probe().then(action, refuse);
}

/** Returns once the server answers; says that it cannot be reached until then. */
export function whenUp(): Promise<unknown> {
  return probe().catch(async () => {
    refuse();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return await whenUp();
  });
}

export function refuse(): void {
  become('refused');
}

/** What there is to say of the connection. */
export function useConnectionNotice(): string {
  return useSyncExternalStore(subscribe, notice, () => '');
}

function notice(): string {
  const { onLine } = navigator;
  if (server === 'refused')
    return `${onLine ? 'The server cannot be reached' : 'You are offline'}. Try that again later.`;
  return onLine ? '' : 'You are offline. What you see may be out of date.';
}

function probe(): Promise<unknown> {
  return watchedFetch('/api/session');
}

function become(next: typeof server): void {
  server = next;
  for (const listener of listeners) listener();
}

function comeBack(): void {
  become('up');
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', comeBack);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('offline', listener);
  };
}
