'use client';

import { useConnection } from './connection.ts';

/** Stands over every page while the browser has no connection, and where something could not be done without. */
export function OfflineNotice() {
  const connection = useConnection();
  if (connection === 'up') return null;
  return (
    <p role="alert" className="offline">
      {connection === 'offline'
        ? 'You are offline. What you see may be out of date.'
        : navigator.onLine
          ? 'The server cannot be reached. Try that again in a moment.'
          : 'You are offline. Try that again once you are back online.'}
    </p>
  );
}
