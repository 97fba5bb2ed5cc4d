'use client';

import { lazy, Suspense } from 'react';

/** Every page loads this file, so the rest comes when something breaks; what cannot be loaded leaves it to `global-error`. */
const BrokenPage = lazy(() =>
  import('../components/broken-page.tsx').then((module) => ({ default: module.BrokenPage })),
);

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  return (
    <Suspense>
      <BrokenPage reset={reset} />
    </Suspense>
  );
}
