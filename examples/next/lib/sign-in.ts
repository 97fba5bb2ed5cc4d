'use server';

import { z } from 'zod';
import { signIn } from './session.ts';

const Credentials = z.object({ name: z.string().trim().min(1).max(60), passphrase: z.string().max(200) });

/** The sign-in form's action: what went wrong, or nothing when the visitor is now one of the team. */
export async function submitSignIn(_: string | undefined, form: FormData): Promise<string | undefined> {
  const { success, data } = Credentials.safeParse(Object.fromEntries(form));
  if (!success) return 'Say who you are, and the passphrase.';
  return (await signIn(data.name, data.passphrase)) ? undefined : 'That is not the passphrase.';
}
