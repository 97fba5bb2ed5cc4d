'use client';

import { useOnline } from './use-online.ts';

/** Stands over every page while the browser has no connection. */
export function OfflineNotice() {
  if (useOnline()) return null;
  return (
    <p role="alert" className="offline">
      You are offline. What you see may be out of date.
    </p>
  );
}
