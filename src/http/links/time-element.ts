const date = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
const distance = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A time as people read it, in UTC and from now: "November 26, 2026 at 11:30 AM UTC (in 3 hours)". */
export function timeElement(time: string | number, now: number = Date.now()): string {
  const at = new Date(time);
  return `<time datetime="${at.toISOString()}">${date.format(at)} UTC (${fromNow(at.getTime() - now)})</time>`;
}

function fromNow(ms: number): string {
  for (const [unit, length] of units) {
    if (Math.abs(ms) >= length) return distance.format(Math.trunc(ms / length), unit);
  }
  return ms <= 0 ? 'just now' : 'in less than a minute';
}
