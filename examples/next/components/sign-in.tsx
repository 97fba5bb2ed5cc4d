'use client';

import { Button, Code, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useActionState } from 'react';
import { submitSignIn } from '../lib/sign-in.ts';

export function SignIn({ hint }: { readonly hint: string | undefined }) {
  const [error, submit, isPending] = useActionState(submitSignIn, undefined);
  return (
    <form action={submit}>
      <Stack maw={360}>
        <Title order={1} size="h2">
          Sign in
        </Title>
        <TextInput name="name" label="Your name" description="Kept with what you decide" autoComplete="name" required />
        <PasswordInput
          name="passphrase"
          label="The team's passphrase"
          autoComplete="current-password"
          error={error}
          required
        />
        {hint !== undefined && (
          <Text size="sm">
            While this app is developed, the passphrase is <Code>{hint}</Code>. Set INBOX_PASSPHRASE to another one.
          </Text>
        )}
        <Button type="submit" loading={isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
