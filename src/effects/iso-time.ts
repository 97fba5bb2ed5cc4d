let knownSecond = Number.NaN;
let knownPrefix = '';

/** A time in milliseconds since the epoch as ISO 8601. The text of the latest second is cached for busy processes. */
export function isoTime(ms: number): string {
  const whole = Math.floor(ms);
  const second = Math.floor(whole / 1000);
  if (second !== knownSecond) {
    knownPrefix = new Date(second * 1000).toISOString().slice(0, -4);
    knownSecond = second;
  }
  return `${knownPrefix}${String(whole - second * 1000).padStart(3, '0')}Z`;
}
