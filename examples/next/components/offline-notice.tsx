'use client';

import { useConnectionNotice } from './connection.ts';

/** Stands over every page while the browser has no connection, and where something could not be done without. */
export function OfflineNotice() {
  const notice = useConnectionNotice();
  if (notice === '') return null;
  return (
    <p role="alert" className="offline">
      {notice}
    </p>
  );
}
