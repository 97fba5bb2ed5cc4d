'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { lookAgain } from './look-again.ts';

interface LiveOptions<DATA> {
  /** Another one begins anew, without data. */
  readonly key: string;
  readonly read: () => Promise<DATA>;
  /** When to read again while the page is looked at; 0: never. */
  readonly everyMs: (data: DATA | undefined, error: unknown) => number;
}

interface Held<DATA> {
  readonly key: string;
  readonly data?: DATA | undefined;
  readonly error?: unknown;
}

/** Data of the server, read now and again; what cannot be read keeps what is shown. */
export function useLive<DATA>({ key, read, everyMs }: LiveOptions<DATA>) {
  const [held, setHeld] = useState<Held<DATA>>({ key });
  const { data, error }: Held<DATA> = held.key === key ? held : { key };
  const pauseMs = everyMs(data, error);
  const turn = useRef(0);
  const current = useRef(read);
  current.current = read;

  const again = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const data = await current.current();
      if (mine === turn.current) setHeld({ key, data });
    } catch (error) {
      if (mine === turn.current)
        setHeld((before) => ({ key, data: before.key === key ? before.data : undefined, error }));
    }
  }, [key]);

  const show = useCallback(
    (data: DATA) => {
      turn.current += 1;
      setHeld({ key, data });
    },
    [key],
  );

  useEffect(() => {
    void again();
    return () => {
      turn.current += 1;
    };
  }, [again]);

  useEffect(() => {
    return pauseMs === 0 ? undefined : lookAgain(pauseMs, again);
  }, [again, pauseMs]);

  return { data, error, again, show };
}
