/** How long ago, in the largest unit that fits: `5s`, `12m`, `3h`, `2d`. */
export function ageOf(time: string, now: number): string {
  return spanOf(now - Date.parse(time));
}

/** In the largest unit that fits. */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

/** A time to the minute: `2027-01-31 14:05`. */
export function minuteOf(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
