'use client';

import { useEffect } from 'react';
import { refreshSession } from './use-session.ts';

/** Tells the header of a sign-in that happened on the page. */
export function SignedIn({ name }: { readonly name: string | undefined }) {
  useEffect(() => {
    // `name` is what changed.
    void name;
    void refreshSession();
  }, [name]);
  return null;
}
