import { Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { type AttemptView, type RunRecord, standing } from '../lib/run-record.ts';
import { stageColor } from './stages.ts';

/** A row for each run and a bar for each attempt, as long as the attempt took; an attempt that failed is hatched. */
export function RunTimeline({ runs }: { readonly runs: readonly RunRecord[] }) {
  const longestMs = Math.max(...runs.map(({ attempts }) => totalMs(attempts)), 1);
  return (
    <section aria-labelledby="timeline">
      <Title id="timeline" order={2} size="h4" mb="sm">
        The latest runs
      </Title>
      <Stack gap="sm">
        {runs.map(({ runId, startedAt, attempts, ...run }) => (
          <div key={runId}>
            <Text size="sm">
              {new Date(startedAt).toLocaleTimeString()}: {standing(run)}
            </Text>
            <Group gap={2} wrap="nowrap" role="img" aria-label={describe(attempts)}>
              {attempts.map((attempt) => (
                <Tooltip
                  key={attempt.number}
                  label={`Attempt ${attempt.number}: ${attempt.stage}, ${attempt.durationMs} ms`}
                >
                  <div style={barStyle(attempt, longestMs)} />
                </Tooltip>
              ))}
            </Group>
          </div>
        ))}
      </Stack>
    </section>
  );
}

function barStyle({ stage, state, durationMs }: AttemptView, longestMs: number): React.CSSProperties {
  const color = `var(--mantine-color-${stageColor(stage)}-filled)`;
  const hatched = `repeating-linear-gradient(-45deg, ${color} 0 4px, transparent 4px 7px)`;
  return {
    width: `${(durationMs / longestMs) * 100}%`,
    minWidth: 6,
    height: 20,
    borderRadius: 3,
    border: `1px solid ${color}`,
    background: state === 'passed' ? color : hatched,
  };
}

function describe(attempts: readonly AttemptView[]): string {
  const words = attempts.map(
    ({ number, stage, state, durationMs }) => `${number}: ${stage}, ${state}, ${durationMs} ms`,
  );
  return words.length === 0 ? 'No attempts' : words.join('; ');
}

function totalMs(attempts: readonly AttemptView[]): number {
  return attempts.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
