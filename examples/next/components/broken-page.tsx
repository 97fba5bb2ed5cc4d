import { Empty } from './empty.tsx';

/** What stands in for a page that broke. */
export function BrokenPage({ reset }: { readonly reset: () => void }) {
  return (
    <main>
      <h1 className="sr-only">Something went wrong</h1>
      <Empty title="Something went wrong">
        <p>Your decisions are saved. Try again; if that does not help, reload the page.</p>
        <button type="button" className="btn btn-sm" onClick={reset}>
          Try again
        </button>
      </Empty>
    </main>
  );
}
