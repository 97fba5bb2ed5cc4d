import type { RunRecord } from '../../lib/run-record.ts';

/** Where a span of time stands on the bar, in percent. */
export interface Span {
  readonly left: number;
  readonly width: number;
}

/** Places a time and how long it lasted, in milliseconds. */
export type TimeScale = (startedAt: string, durationMs: number) => Span;

const waitShare = 25;

/** Places the times of a run on a bar; a long wait for a person takes a quarter of it, whatever it lasted. */
export function timeScale(run: RunRecord): TimeScale {
  const stops = [...run.attempts, ...run.tools].flatMap(({ startedAt, durationMs }) => {
    const start = Date.parse(startedAt);
    return [start, start + durationMs];
  });
  const { escalation } = run;
  const asked = escalation === undefined ? undefined : Date.parse(escalation.askedAt);
  const decided = escalation?.decidedAt === undefined ? undefined : Date.parse(escalation.decidedAt);
  const from = Math.min(Date.parse(run.startedAt), ...stops);
  const until = Math.max(from + 1, ...stops, ...(asked === undefined ? [] : [asked]));
  const waitMs = asked === undefined ? 0 : Math.max(0, (decided ?? asked) - asked);
  const activeMs = Math.max(1, until - from - (until > (decided ?? until) ? waitMs : 0));
  const share = asked === undefined ? 0 : waitShare;

  function at(time: number): number {
    const active = (ms: number) => (Math.min(Math.max(0, ms), activeMs) / activeMs) * (100 - share);
    if (asked === undefined || time <= asked) return active(time - from);
    if (decided === undefined || time < decided) {
      const waited = waitMs === 0 ? 1 : (time - asked) / waitMs;
      return active(asked - from) + Math.min(1, waited) * share;
    }
    return active(asked - from) + share + active(asked - from + time - decided) - active(asked - from);
  }

  return (startedAt, durationMs) => {
    const start = Date.parse(startedAt);
    const left = at(start);
    return { left, width: Math.max(0.6, at(start + durationMs) - left) };
  };
}
