'use server';

import { z } from 'zod';
import { signIn } from './session.ts';
import { countTry } from './sign-in-tries.ts';

const Credentials = z.object({ name: z.string().trim().min(1).max(60), passphrase: z.string().max(200) });

/** What went wrong with a sign-in, and the name that was given, so that nobody types it again. */
export interface SignInProblem {
  readonly message: string;
  readonly name: string;
}

/** The sign-in form's action: what went wrong, or nothing when the visitor is now one of the team. */
export async function submitSignIn(_: SignInProblem | undefined, form: FormData): Promise<SignInProblem | undefined> {
  const name = String(form.get('name') ?? '').slice(0, 60);
  const { success, data } = Credentials.safeParse(Object.fromEntries(form));
  if (!success) return { message: 'Enter your name and the passphrase.', name };
  try {
    const { isAllowed, forget } = await countTry(data.name);
    if (!isAllowed) return { message: 'Too many wrong passphrases. Try again in a quarter of an hour.', name };
    if (!(await signIn(data.name, data.passphrase))) {
      return { message: 'Wrong passphrase. Ask whoever set up the inbox.', name };
    }
    await forget();
    return undefined;
  } catch (error) {
    console.error(error);
    return { message: 'The server has a problem. Try again in a moment.', name };
  }
}
