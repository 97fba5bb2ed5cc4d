'use client';

import { Alert, Button, Grid, Group, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FieldTable } from './field-table.tsx';
import { Ladder } from './ladder.tsx';
import { useRun } from './use-run.ts';

interface Sample {
  readonly number: string;
  readonly mail: string;
}

/** A mail on one side, what becomes of it on the other. */
export function Extraction({ samples }: { readonly samples: readonly Sample[] }) {
  const { run, error, ...sending } = useRun();
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <MailForm samples={samples} {...sending} />
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

type MailFormProps = Omit<ReturnType<typeof useRun>, 'run' | 'error'> & { readonly samples: readonly Sample[] };

function MailForm({ samples, mail: sent, settings, setSettings, isBusy, start, stop }: MailFormProps) {
  const [draft, setDraft] = useState<string>();
  const mail = draft ?? (sent || (samples[0]?.mail ?? ''));

  function send(event: FormEvent): void {
    event.preventDefault();
    start(mail);
  }

  return (
    <Stack component="form" onSubmit={send} gap="sm">
      <Group gap="xs" role="group" aria-label="Practice invoices">
        {samples.map(({ number, mail }) => (
          <Button key={number} variant="default" size="xs" onClick={() => setDraft(mail)}>
            {number}
          </Button>
        ))}
      </Group>
      <Textarea
        label="The mail"
        value={mail}
        onChange={(event) => setDraft(event.currentTarget.value)}
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
        <Button type="submit">Extract</Button>
        {isBusy && (
          <Button variant="default" onClick={stop}>
            Stop
          </Button>
        )}
      </Group>
    </Stack>
  );
}
