'use client';

import { useActionState } from 'react';
import { type SignInProblem, submitSignIn } from '../lib/sign-in.ts';

export interface SignInProps {
  /** The passphrase, while the app is developed. */
  readonly hint: string | undefined;
}

export function SignInForm({ hint }: SignInProps) {
  const [problem, send, isPending] = useActionState(submit, undefined);
  return (
    <main className="mx-auto max-w-sm px-4 py-10">
      <form action={send} className="panel flex flex-col gap-4 p-6">
        <h1>Sign in</h1>
        <div>
          <label className="text-muted mb-1 block text-sm" htmlFor="name">
            Your name
          </label>
          <input
            key={problem?.name}
            id="name"
            name="name"
            className="input w-full"
            defaultValue={problem?.name}
            autoComplete="name"
            maxLength={60}
            aria-describedby="name-hint"
            required
          />
          <p id="name-hint" className="text-muted mt-1 text-sm">
            Your team sees it next to your decisions.
          </p>
        </div>
        <div>
          <label className="text-muted mb-1 block text-sm" htmlFor="passphrase">
            Team passphrase
          </label>
          <input
            id="passphrase"
            name="passphrase"
            type="password"
            className={`input w-full ${problem === undefined ? '' : 'input-error'}`}
            autoComplete="current-password"
            maxLength={200}
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : 'passphrase-problem'}
            required
          />
          {problem !== undefined && (
            <p id="passphrase-problem" role="alert" className="text-error mt-1 text-sm">
              {problem.message}
            </p>
          )}
        </div>
        {hint !== undefined && (
          <p className="text-sm">
            In development, the passphrase is <code className="kbd kbd-sm">{hint}</code>. Set INBOX_PASSPHRASE to change
            it.
          </p>
        )}
        <button type="submit" className="btn btn-primary" disabled={isPending}>
          {isPending && <span className="loading loading-spinner loading-xs" />}
          Sign in
        </button>
      </form>
    </main>
  );
}

async function submit(before: SignInProblem | undefined, form: FormData): Promise<SignInProblem | undefined> {
  try {
    return await submitSignIn(before, form);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { message: 'The server cannot be reached. Check your connection.', name: String(form.get('name') ?? '') };
  }
}
