'use client';

import { Suspense } from 'react';
import { part } from './part.ts';
import type { SignInProps } from './sign-in-form.tsx';

const SignInForm = part(() => import('./sign-in-form.tsx').then(({ SignInForm }) => SignInForm));

/** The form's code comes to those who are not signed in. */
export function SignIn(props: SignInProps) {
  return (
    <Suspense>
      <SignInForm {...props} />
    </Suspense>
  );
}
