/** How many of them there are, in words: `1 answer`, `2,048 answers`. */
export function count(number: number, noun: string): string {
  return `${formatNumber(number)} ${number === 1 ? noun : `${noun}s`}`;
}

/** With its thousands parted: `2,048`. */
export function formatNumber(number: number): string {
  return number.toLocaleString('en');
}
