import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isDevelopment, passphrase, signedIn, signOut } from '../lib/session.ts';
import { isDurable } from '../lib/store.ts';
import { SignIn } from './sign-in.tsx';

/** Shows its children to the team alone. */
export async function Team({ children }: { readonly children: ReactNode }) {
  const name = await signedIn();
  if (name === undefined) {
    if (passphrase === undefined) return <Closed />;
    return <SignIn hint={isDevelopment() && process.env.INBOX_PASSPHRASE === undefined ? passphrase : undefined} />;
  }
  return (
    <>
      <Group justify="flex-end" mb="xs">
        <Text size="sm">Signed in as {name}</Text>
        <form action={leave}>
          <Button type="submit" size="xs" variant="default">
            Sign out
          </Button>
        </form>
      </Group>
      {children}
      {!isDurable && (
        <Text size="sm" c="dimmed" mt="xl">
          This is kept in the memory of one process. Set UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN to keep it.
        </Text>
      )}
    </>
  );
}

async function leave(): Promise<void> {
  'use server';
  await signOut();
}

function Closed() {
  return (
    <Alert color="yellow" title="Nobody can sign in yet">
      Set INBOX_PASSPHRASE, and INBOX_SECRET to at least 32 random bytes.
    </Alert>
  );
}
