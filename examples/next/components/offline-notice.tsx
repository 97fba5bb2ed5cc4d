'use client';

import { useOnline } from './use-online.ts';

/** Stands over every page while the browser has no connection. */
export function OfflineNotice() {
  if (useOnline()) return null;
  return (
    <p role="alert" className="offline bg-warning text-warning-content text-xs font-medium sm:text-sm">
      You are offline. What you see may be out of date.
    </p>
  );
}
