import type { RunRecord } from '../../lib/run-record.ts';
import { type Standing, standingOf } from '../../lib/run-standing.ts';

const tones: Readonly<Record<Standing | 'running', string>> = {
  accepted: 'text-success',
  waiting: 'text-warning',
  failed: 'text-error',
  stopped: 'text-muted',
  running: 'text-info',
};

/** The colour of how a run stands. */
export function standingTone(run: Pick<RunRecord, 'outcome' | 'escalation'>): string {
  return tones[standingOf(run)];
}
