const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago, in one short word or two. */
export function ageOf(time: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(time));
  return ms < minuteMs ? 'just now' : `${spanOf(ms)} ago`;
}

/** A span of time in its largest unit. */
export function spanOf(ms: number): string {
  if (ms < hourMs) return `${Math.max(1, Math.floor(ms / minuteMs))} min`;
  if (ms < 2 * dayMs) return `${Math.floor(ms / hourMs)} h`;
  return `${Math.floor(ms / dayMs)} days`;
}

export type Urgency = 'fresh' | 'waiting' | 'late';

interface Waiting {
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** How urgent it is: `late` in the last tenth of its time, `waiting` after a working day or half of its time. */
export function urgencyOf({ createdAt, expiresAt }: Waiting, now: number): Urgency {
  const [from, until] = [Date.parse(createdAt), Date.parse(expiresAt)];
  const total = until - from;
  if (until - now < total / 10) return 'late';
  return now - from > Math.min(8 * hourMs, total / 2) ? 'waiting' : 'fresh';
}

/** A date and a time for people, in their own time zone. */
export function dateOf(time: string): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
