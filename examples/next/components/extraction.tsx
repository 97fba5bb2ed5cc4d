'use client';

import { useChat } from '@ai-sdk/react';
import { Alert, Button, Grid, Group, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core';
import { DefaultChatTransport } from 'ai';
import { type FormEvent, useEffect, useState } from 'react';
import type { RunMessage } from '../lib/run-record.ts';
import { FieldTable } from './field-table.tsx';
import { Ladder } from './ladder.tsx';
import { readRun } from './run-parts.ts';

interface Sample {
  readonly number: string;
  readonly mail: string;
}

interface Settings {
  readonly runtime: string;
  readonly judge: string;
}

/** The id of the user's message names the run: sent again, the request goes on where the run stopped. */
const transport = new DefaultChatTransport<RunMessage>({
  prepareSendMessagesRequest({ messages, body }) {
    const [request] = messages;
    const part = request?.parts.find(({ type }) => type === 'text');
    const mail = part?.type === 'text' ? part.text : '';
    return { api: `/api/${body?.runtime}/invoice`, body: { runId: request?.id, mail, judge: body?.judge } };
  },
});

const againAfterMs = 1000;

export function Extraction({ samples }: { readonly samples: readonly Sample[] }) {
  const [mail, setMail] = useState(samples[0]?.mail ?? '');
  const [settings, setSettings] = useState<Settings>({ runtime: 'edge', judge: 'everything' });
  const { messages, setMessages, sendMessage, regenerate, status, stop, error } = useChat<RunMessage>({
    transport,
    generateId: () => crypto.randomUUID(),
  });
  const run = readRun(messages);
  const isBusy = status === 'submitted' || status === 'streaming';
  const isPending = run.end?.outcome === 'pending';

  // A request that a person has not decided is sent again until they have.
  useEffect(() => {
    if (status !== 'ready' || !isPending) return;
    const timer = setTimeout(() => regenerate({ body: settings }), againAfterMs);
    return () => clearTimeout(timer);
  }, [status, isPending, regenerate, settings]);

  function send(event: FormEvent) {
    event.preventDefault();
    setMessages([]);
    sendMessage({ text: mail }, { body: settings });
  }

  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Stack component="form" onSubmit={send} gap="sm">
          <Group gap="xs" role="group" aria-label="Practice invoices">
            {samples.map(({ number, mail }) => (
              <Button key={number} variant="default" size="xs" onClick={() => setMail(mail)}>
                {number}
              </Button>
            ))}
          </Group>
          <Textarea
            label="The mail"
            value={mail}
            onChange={(event) => setMail(event.currentTarget.value)}
            autosize
            minRows={10}
            maxRows={20}
            maxLength={20_000}
            required
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <Group gap="md">
            <SegmentedControl
              aria-label="Runtime"
              value={settings.runtime}
              onChange={(runtime) => setSettings({ ...settings, runtime })}
              data={[
                { value: 'edge', label: 'Edge' },
                { value: 'node', label: 'Node.js' },
              ]}
            />
            <SegmentedControl
              aria-label="What is judged"
              value={settings.judge}
              onChange={(judge) => setSettings({ ...settings, judge })}
              data={[
                { value: 'everything', label: 'Sums and books too' },
                { value: 'structure', label: 'Structure alone, live' },
              ]}
            />
          </Group>
          <Group>
            <Button type="submit" loading={isBusy && !isPending && run.escalation === undefined}>
              Extract
            </Button>
            {isBusy && (
              <Button variant="default" onClick={stop}>
                Stop
              </Button>
            )}
          </Group>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Stack gap="lg">
          {error !== undefined && (
            <Alert color="red" title="The stream broke" role="alert">
              {error.message}
            </Alert>
          )}
          <section aria-labelledby="ladder">
            <Title id="ladder" order={2} size="h4" mb="sm">
              The ladder
            </Title>
            <Ladder run={run} />
          </section>
          <section aria-labelledby="answer">
            <Title id="answer" order={2} size="h4" mb="sm">
              The answer
            </Title>
            {run.answer === undefined ? (
              <Text c="dimmed">Nothing has passed yet.</Text>
            ) : (
              <FieldTable caption="The fields of the answer" columns={[{ title: 'Answer', value: run.answer }]} />
            )}
          </section>
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
