'use client';

import { Alert, Anchor, Badge, Card, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { Escalation } from 'ai-staged-retry';
import Link from 'next/link';
import { useState } from 'react';
import { useEscalations } from './use-inbox.ts';

const states = ['pending', 'decided', 'expired'] as const;

export function EscalationList() {
  const [state, setState] = useState<Escalation['state']>('pending');
  const { escalations, stats, error } = useEscalations(state);
  return (
    <Stack>
      <SegmentedControl
        aria-label="State"
        value={state}
        onChange={(value) => setState(states.find((known) => known === value) ?? 'pending')}
        data={states.map((value) => ({ value, label: `${value} (${stats?.[value] ?? '…'})` }))}
      />
      {error !== undefined && (
        <Alert color="red" role="alert">
          {String(error.message)}
        </Alert>
      )}
      <Text role="status" c="dimmed" size="sm">
        {escalations === undefined ? 'Loading…' : `${escalations.length} shown; new ones appear by themselves.`}
      </Text>
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {escalations?.map((escalation) => (
          <EscalationCard key={escalation.id} {...escalation} />
        ))}
      </Stack>
    </Stack>
  );
}

function EscalationCard({ id, createdAt, stage, issues, attempts, claimed, decision }: Escalation) {
  return (
    <Card component="li" withBorder padding="md">
      <Group justify="space-between">
        <Anchor component={Link} href={`/inbox/${id}`} fw={600}>
          {issues[0]?.message ?? 'No answer came'}
        </Anchor>
        <Badge color="gray" variant="light" tt="none" c="var(--mantine-color-text)">
          {stage}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {new Date(createdAt).toLocaleString()}, {attempts.length} attempts, {issues.length}{' '}
        {issues.length === 1 ? 'issue' : 'issues'}
        {claimed !== undefined && `, ${claimed.by} is on it`}
        {decision !== undefined && `, ${decision.by ?? 'somebody'} decided: ${decision.type}`}
      </Text>
    </Card>
  );
}
