import { Anchor, Badge, Code, Group, List, Text, Timeline } from '@mantine/core';
import Link from 'next/link';
import { type AttemptView, savedTokens } from '../lib/run-record.ts';
import type { RunView } from './run-parts.ts';
import { stageColor } from './stages.ts';

/** The attempts of a run as they are made. */
export function Ladder({ run }: { readonly run: RunView }) {
  const { attempts, tools } = run;
  const saved = savedTokens(attempts);
  return (
    <>
      <Text role="status" mb="sm">
        {statusOf(run)}
      </Text>
      <Timeline active={attempts.length} bulletSize={18} lineWidth={2}>
        {attempts.map((attempt) => (
          <Timeline.Item key={attempt.number} color={stageColor(attempt.stage)} title={<AttemptTitle {...attempt} />}>
            {tools
              .filter((tool) => tool.attempt === attempt.number)
              .map(({ name, input, output }) => (
                <Code
                  key={JSON.stringify(input)}
                  block
                  my={4}
                  style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
                >
                  {`${name}(${JSON.stringify(input)}) → ${JSON.stringify(output)}`}
                </Code>
              ))}
            <List size="sm" spacing={2}>
              {attempt.issues.map(({ check, path, message }) => (
                <List.Item key={`${check} ${path.join('/')} ${message}`}>
                  {path.length > 0 && <Code>/{path.join('/')}</Code>} {message}
                </List.Item>
              ))}
            </List>
          </Timeline.Item>
        ))}
      </Timeline>
      {run.escalation?.state === 'pending' && (
        <Text mt="sm">
          <Anchor component={Link} href={`/inbox/${run.escalation.id}`} underline="always">
            Open the escalation in the inbox
          </Anchor>
        </Text>
      )}
      {run.run !== undefined && (
        <Text size="sm" c="dimmed" mt="sm">
          Runtime {run.run.runtime}
          {run.run.delivery === 'live' && ', released while it is judged'}
          {run.run.delivery === 'buffer' && `, held for ${run.run.heldBy?.join(' and ')}`}
          {saved > 0 && `, about ${saved} tokens saved by cancelling hopeless answers`}
        </Text>
      )}
    </>
  );
}

function AttemptTitle({ number, stage, state, tokens, durationMs, isCutShort }: AttemptView) {
  return (
    <Group gap="xs">
      <span>Attempt {number}</span>
      <Badge color={stageColor(stage)} variant="filled">
        {stage}
      </Badge>
      <Text span size="sm">
        {state === 'running' ? '…' : state}
        {isCutShort && ', cancelled early'}
      </Text>
      {state !== 'running' && (
        <Text span size="sm" c="dimmed">
          {tokens !== undefined && `${tokens} tokens, `}
          {durationMs} ms
        </Text>
      )}
    </Group>
  );
}

function statusOf({ end, escalation, attempts }: RunView): string {
  if (end?.outcome === 'accepted' || end?.outcome === 'unchanged') {
    const by = escalation?.by === undefined ? '' : `, with the help of ${escalation.by}`;
    return `Accepted after ${attempts.length} ${attempts.length === 1 ? 'attempt' : 'attempts'}${by}.`;
  }
  if (escalation?.state === 'pending') return 'A person is asked. The answer arrives here when they have decided.';
  if (end?.message !== undefined) return end.message;
  const latest = attempts.at(-1);
  return latest === undefined ? 'Nothing was sent yet.' : `Attempt ${latest.number} in stage ${latest.stage}.`;
}
