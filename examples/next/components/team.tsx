import type { ReactNode } from 'react';
import { isDevelopment, passphrase, signedIn } from '../lib/session.ts';
import { isDurable } from '../lib/store.ts';
import { Notice } from './problem.tsx';
import { SignIn } from './sign-in.tsx';
import { SignedIn } from './signed-in.tsx';

/** Shows its children to the team alone. */
export async function Team({ children }: { readonly children: ReactNode }) {
  const name = await signedIn();
  if (name === undefined && passphrase === undefined) return <Closed />;
  const hint = isDevelopment() && process.env.INBOX_PASSPHRASE === undefined ? passphrase : undefined;
  return (
    <>
      {name === undefined ? <SignIn hint={hint} /> : children}
      <SignedIn name={name} />
    </>
  );
}

/** Said where what is stored is gone with the process. */
export function MemoryNote() {
  if (isDurable) return null;
  return <p className="text-muted px-4 py-3 text-xs">Kept in memory only: all of it is gone when the app restarts.</p>;
}

function Closed() {
  return (
    <main className="mx-auto max-w-xl px-4 py-10">
      <Notice tone="alert-warning">
        Nobody can sign in yet: set INBOX_PASSPHRASE, and INBOX_SECRET to 32 random bytes.
      </Notice>
    </main>
  );
}
