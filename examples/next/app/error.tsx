'use client';

import { Empty } from '../components/empty.tsx';

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  return (
    <main>
      <h1 className="sr-only">Something broke</h1>
      <Empty title="This page broke.">
        <p>Nothing you decided is lost. Show it again; if it breaks once more, load the page anew.</p>
        <button type="button" className="btn btn-sm" onClick={reset}>
          Show it again
        </button>
      </Empty>
    </main>
  );
}
