'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { useNear } from '../use-near.ts';

/** Draws its children, and loads their code, when somebody has scrolled to them. */
export function WhenNear({ children }: { readonly children: ReactNode }) {
  const [isNear, setNear] = useState(false);
  const place = useNear(() => setNear(true));
  return (
    <div ref={place} className="min-h-24">
      <Suspense>{isNear && children}</Suspense>
    </div>
  );
}
