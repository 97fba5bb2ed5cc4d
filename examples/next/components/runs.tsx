'use client';

import { Alert, Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import useSWR from 'swr';
import { type RunRecord, savedTokens, standing } from '../lib/run-record.ts';
import { RunTimeline } from './run-timeline.tsx';
import { stageColor } from './stages.ts';

async function readRuns(url: string): Promise<readonly RunRecord[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error('The runs cannot be read. Sign in again.');
  return await response.json();
}

/** The latest runs: a picture, the same as a table, and counts. */
export function Runs() {
  const { data: runs, error } = useSWR('/api/runs', readRuns, { refreshInterval: 2000 });
  if (error !== undefined) return <Alert color="red">{String(error.message)}</Alert>;
  if (runs === undefined) return <Text role="status">Loading…</Text>;
  if (runs.length === 0) return <Text>Nothing ran yet: extract an invoice first.</Text>;
  return (
    <Stack gap="xl">
      <StageCounts runs={runs} />
      <RunTimeline runs={runs} />
      <RunTable runs={runs} />
    </Stack>
  );
}

function StageCounts({ runs }: { readonly runs: readonly RunRecord[] }) {
  const attempts = runs.flatMap((run) => run.attempts);
  const stages = [...new Set(attempts.map(({ stage }) => stage))];
  return (
    <section aria-labelledby="stages">
      <Title id="stages" order={2} size="h4" mb="sm">
        Attempts by stage
      </Title>
      <Group component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {stages.map((stage) => {
          const ofStage = attempts.filter((attempt) => attempt.stage === stage);
          const passed = ofStage.filter(({ state }) => state === 'passed').length;
          return (
            <Group component="li" key={stage} gap="xs">
              <Badge color={stageColor(stage)} variant="filled">
                {stage}
              </Badge>
              <Text size="sm">
                {ofStage.length}, of which {passed} passed
              </Text>
            </Group>
          );
        })}
      </Group>
    </section>
  );
}

function RunTable({ runs }: { readonly runs: readonly RunRecord[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native" tabIndex={0}>
      <Table captionSide="top">
        <Table.Caption ta="start">The same runs in numbers</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Began</Table.Th>
            <Table.Th scope="col">Runtime</Table.Th>
            <Table.Th scope="col">Outcome</Table.Th>
            <Table.Th scope="col">Attempts</Table.Th>
            <Table.Th scope="col">Stages</Table.Th>
            <Table.Th scope="col">Tokens</Table.Th>
            <Table.Th scope="col">Saved</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map(({ runId, startedAt, runtime, attempts, ...run }) => (
            <Table.Tr key={runId}>
              <Table.Th scope="row" fw={400}>
                {new Date(startedAt).toLocaleTimeString()}
              </Table.Th>
              <Table.Td>{runtime}</Table.Td>
              <Table.Td>{standing(run)}</Table.Td>
              <Table.Td>{attempts.length}</Table.Td>
              <Table.Td>{[...new Set(attempts.map(({ stage }) => stage))].join(', ')}</Table.Td>
              <Table.Td>{attempts.reduce((sum, { tokens = 0 }) => sum + tokens, 0)}</Table.Td>
              <Table.Td>{savedTokens(attempts)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
