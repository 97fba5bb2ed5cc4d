'use client';

import { Accordion, Alert, Anchor, Button, Grid, Group, Stack, Text, Title } from '@mantine/core';
import type { ChangeResult, Escalation } from 'ai-staged-retry';
import Link from 'next/link';
import { useState } from 'react';
import { valueIn } from '../lib/fields.ts';
import { DecisionForms } from './decision-forms.tsx';
import { FieldTable } from './field-table.tsx';
import { PlainText } from './plain-text.tsx';
import { promptMessages } from './prompt-messages.ts';
import { inbox, useEscalation } from './use-inbox.ts';

export function EscalationPage({ id }: { readonly id: string }) {
  const { escalation, error, update } = useEscalation(id);
  return (
    <Stack gap="lg">
      <Anchor component={Link} href="/inbox">
        All escalations
      </Anchor>
      {error !== undefined && (
        <Alert color="red" role="alert">
          {String(error.message)}
        </Alert>
      )}
      {escalation === null && <Alert color="yellow">There is no such escalation.</Alert>}
      {escalation && <EscalationDetails escalation={escalation} onChange={update} />}
    </Stack>
  );
}

interface EscalationDetailsProps {
  readonly escalation: Escalation;
  readonly onChange: (latest: Escalation) => void;
}

function EscalationDetails({ escalation, onChange }: EscalationDetailsProps) {
  const { state, createdAt, expiresAt } = escalation;
  const [decidedHere, setDecidedHere] = useState<ChangeResult>();
  return (
    <>
      <div>
        <Title order={1} size="h2">
          An invoice needs a person
        </Title>
        <Text c="dimmed" size="sm">
          Filed {new Date(createdAt).toLocaleString()}, to be decided by {new Date(expiresAt).toLocaleString()}
        </Text>
      </div>
      {state === 'pending' ? (
        <ClaimBar escalation={escalation} onChange={onChange} />
      ) : (
        <OutcomeAlert escalation={escalation} decidedHere={decidedHere} />
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: state === 'pending' ? 7 : 12 }}>
          <Stack gap="lg">
            <PromptSection escalation={escalation} />
            <AttemptsSection escalation={escalation} />
          </Stack>
        </Grid.Col>
        {state === 'pending' && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <DecisionForms
              escalation={escalation}
              onDecided={(result) => {
                setDecidedHere(result);
                onChange(result.escalation);
              }}
            />
          </Grid.Col>
        )}
      </Grid>
    </>
  );
}

function PromptSection({ escalation: { prompt } }: { readonly escalation: Escalation }) {
  return (
    <section aria-labelledby="prompt">
      <Title id="prompt" order={2} size="h4" mb="sm">
        What the model was asked
      </Title>
      <Stack gap="xs">
        {promptMessages(prompt).map(({ role, text }) => (
          <PlainText key={`${role} ${text}`} label={role} text={text} />
        ))}
      </Stack>
    </section>
  );
}

function AttemptsSection({ escalation: { attempts } }: { readonly escalation: Escalation }) {
  return (
    <section aria-labelledby="attempts">
      <Title id="attempts" order={2} size="h4" mb="sm">
        What it answered
      </Title>
      <FieldTable
        caption="The attempts side by side; what failed is marked"
        columns={attempts.map(({ number, stage, text, verdict }) => ({
          title: `${number}, ${stage}`,
          value: valueIn(text),
          issues: verdict.type === 'pass' ? [] : verdict.issues,
        }))}
      />
      <Accordion mt="sm" variant="contained">
        <Accordion.Item value="texts">
          <Accordion.Control>The answers word by word</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="xs">
              {attempts.map(({ number, text }) => (
                <PlainText key={number} label={`Attempt ${number}`} text={text} />
              ))}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </section>
  );
}

function ClaimBar({ escalation: { id, claimed }, onChange }: EscalationDetailsProps) {
  async function take(): Promise<void> {
    onChange((await inbox.claim(id)).escalation);
  }
  async function release(): Promise<void> {
    onChange((await inbox.release(id)).escalation);
  }
  return (
    <Group>
      <Text>{claimed === undefined ? 'Nobody is on it yet.' : `${claimed.by} is on it.`}</Text>
      {claimed === undefined ? (
        <Button size="xs" variant="default" onClick={take}>
          Take it
        </Button>
      ) : (
        <Button size="xs" variant="default" onClick={release}>
          Let go
        </Button>
      )}
    </Group>
  );
}

interface OutcomeAlertProps {
  readonly escalation: Escalation;
  readonly decidedHere: ChangeResult | undefined;
}

function OutcomeAlert({ escalation: { decision }, decidedHere }: OutcomeAlertProps) {
  if (decision === undefined) return <Alert color="yellow">Nobody decided in time.</Alert>;
  const { type, by = 'somebody', at } = decision;
  const words = 'advice' in decision ? decision.advice : 'reason' in decision ? decision.reason : undefined;
  const isLate = decidedHere?.won === false;
  return (
    <Alert
      // The form that had the focus is gone.
      ref={(alert) => (decidedHere === undefined ? undefined : alert?.focus())}
      tabIndex={-1}
      role="status"
      color={isLate ? 'yellow' : 'green'}
      title={isLate ? 'Somebody was faster: this was decided already' : 'This is decided'}
    >
      {by} decided: {type}, {new Date(at).toLocaleString()}
      {words !== undefined && <PlainText label="Words" text={words} />}
    </Alert>
  );
}
