'use client';

import { Alert, NativeSelect, Tabs, Text, Textarea, Title } from '@mantine/core';
import type { ChangeResult, Decision, Escalation } from 'ai-staged-retry';
import { useState } from 'react';
import { type Decide, DecisionForm } from './decision-form.tsx';
import { EditForm } from './edit-form.tsx';
import { inbox } from './use-inbox.ts';

interface DecisionFormsProps {
  readonly escalation: Escalation;
  readonly onDecided: (result: ChangeResult) => void;
}

export function DecisionForms({ escalation, onDecided }: DecisionFormsProps) {
  const [problem, setProblem] = useState<string>();

  async function decide(decision: Decision): Promise<void> {
    setProblem(undefined);
    try {
      onDecided(await inbox.decide(escalation.id, decision));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <section aria-labelledby="decision">
      <Title id="decision" order={2} size="h4" mb="sm">
        Your decision
      </Title>
      {problem !== undefined && (
        <Alert color="red" role="alert" mb="sm">
          {problem}
        </Alert>
      )}
      <Tabs defaultValue="edit" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="edit">Edit</Tabs.Tab>
          <Tabs.Tab value="approve">Approve</Tabs.Tab>
          <Tabs.Tab value="retry">Advise</Tabs.Tab>
          <Tabs.Tab value="reject">Reject</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="edit">
          <EditForm proposal={escalation.proposal} decide={decide} />
        </Tabs.Panel>
        <Tabs.Panel value="approve">
          <ApproveForm escalation={escalation} decide={decide} />
        </Tabs.Panel>
        <Tabs.Panel value="retry">
          <WordsForm
            label="What should the model know?"
            button="Send the model back"
            required
            onSend={(advice) => decide({ type: 'retry', advice })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="reject">
          <WordsForm
            label="Why? You may leave it empty."
            button="Reject"
            onSend={(reason) => decide(reason === '' ? { type: 'reject' } : { type: 'reject', reason })}
          />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function ApproveForm({ escalation, decide }: { readonly escalation: Escalation; readonly decide: Decide }) {
  const [attempt, setAttempt] = useState('');
  const numbers = escalation.attempts.map(({ number }) => ({ value: String(number), label: `Attempt ${number}` }));
  return (
    <DecisionForm
      button="Approve"
      onSend={() => decide(attempt === '' ? { type: 'approve' } : { type: 'approve', attempt: Number(attempt) })}
    >
      <Text>The answer goes out as it is, although the checks found something.</Text>
      <NativeSelect
        label="Which answer?"
        value={attempt}
        onChange={(event) => setAttempt(event.currentTarget.value)}
        data={[{ value: '', label: 'The best attempt' }, ...numbers]}
      />
    </DecisionForm>
  );
}

interface WordsFormProps {
  readonly label: string;
  readonly button: string;
  readonly required?: boolean;
  readonly onSend: (words: string) => Promise<void>;
}

function WordsForm({ label, button, required = false, onSend }: WordsFormProps) {
  const [words, setWords] = useState('');
  return (
    <DecisionForm button={button} onSend={() => onSend(words)}>
      <Textarea
        label={label}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        required={required}
        autosize
        minRows={3}
      />
    </DecisionForm>
  );
}
