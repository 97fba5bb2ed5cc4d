/** How many of them there are, in words: `1 answer`, `2,048 answers`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : `${noun}s`}`;
}
