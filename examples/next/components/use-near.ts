'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** Calls back when the element of the ref comes into view, and again for another `turn` if it is still there. */
export function useNear(onNear: () => void, turn = 0): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const act = useRef(onNear);
  act.current = onNear;
  useEffect(() => {
    void turn;
    if (place.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && act.current(), {
      rootMargin: '300px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [turn]);
  return place;
}
