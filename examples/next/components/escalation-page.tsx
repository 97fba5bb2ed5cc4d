'use client';

import { Accordion, Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import type { Escalation } from 'ai-staged-retry';
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
  const { state, createdAt, expiresAt, prompt, attempts } = escalation;
  const [isLate, setLate] = useState(false);
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
        <OutcomeAlert escalation={escalation} isLate={isLate} />
      )}
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
      {state === 'pending' && (
        <DecisionForms
          escalation={escalation}
          onDecided={({ won, escalation: latest }) => {
            setLate(!won);
            onChange(latest);
          }}
        />
      )}
    </>
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

function OutcomeAlert({ escalation, isLate }: { readonly escalation: Escalation; readonly isLate: boolean }) {
  const { decision } = escalation;
  if (decision === undefined) return <Alert color="yellow">Nobody decided in time.</Alert>;
  const { type, by = 'somebody', at } = decision;
  const words = 'advice' in decision ? decision.advice : 'reason' in decision ? decision.reason : undefined;
  return (
    <Alert
      role="status"
      color={isLate ? 'yellow' : 'green'}
      title={isLate ? 'Somebody was faster: this was decided already' : 'This is decided'}
    >
      {by} decided: {type}, {new Date(at).toLocaleString()}
      {words !== undefined && <PlainText label="Words" text={words} />}
    </Alert>
  );
}
