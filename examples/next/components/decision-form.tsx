'use client';

import { Button, Stack } from '@mantine/core';
import type { Decision } from 'ai-staged-retry';
import { type FormEvent, type ReactNode, useState } from 'react';

export type Decide = (decision: Decision) => Promise<void>;

interface DecisionFormProps {
  readonly button: string;
  readonly isDisabled?: boolean;
  readonly onSend: () => Promise<void>;
  readonly children: ReactNode;
}

/** A form that sends one decision and waits for it. */
export function DecisionForm({ button, isDisabled = false, onSend, children }: DecisionFormProps) {
  const [isSending, setSending] = useState(false);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setSending(true);
    await onSend();
    setSending(false);
  }

  return (
    <Stack component="form" onSubmit={send} align="flex-start" gap="md">
      <Stack w="100%">{children}</Stack>
      <Button type="submit" loading={isSending} disabled={isDisabled}>
        {button}
      </Button>
    </Stack>
  );
}
