'use client';

import { useEffect, useState } from 'react';
import { ageOf, dateOf } from '../lib/age.ts';

/** The time of the clock, every half a minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long ago; the date shows under the pointer. */
export function Age({ time }: { readonly time: string }) {
  const now = useNow();
  return (
    <time dateTime={time} title={dateOf(time)}>
      {ageOf(time, now)}
    </time>
  );
}
