'use client';

import { lazy, Suspense } from 'react';
import type { SignInProps } from './sign-in-form.tsx';

const SignInForm = lazy(() => import('./sign-in-form.tsx').then((module) => ({ default: module.SignInForm })));

/** The form's code comes to those who are not signed in. */
export function SignIn(props: SignInProps) {
  return (
    <Suspense>
      <SignInForm {...props} />
    </Suspense>
  );
}
