import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../shared/data/raw-answers/', import.meta.url);

/** Why there is nothing to measure; `undefined` where there is. */
export const missing = existsSync(folder) ? undefined : 'no recorded answers: ../shared/data/raw-answers is absent';

export function recorded(file: string): Record<string, unknown>[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
