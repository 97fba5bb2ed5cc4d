'use client';

/** Shown when the frame of all pages breaks; it has no styles but its own. */
export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ font: '16px/1.5 system-ui', textAlign: 'center', padding: '4rem 1rem' }}>
        <h1 style={{ fontSize: '1.25rem' }}>This page broke.</h1>
        <p>Nothing you decided is lost. Show it again; if it breaks once more, load the page anew.</p>
        <button type="button" onClick={reset}>
          Show it again
        </button>
      </body>
    </html>
  );
}
