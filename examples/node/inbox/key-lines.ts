import { cutTo, widthOf } from './columns.ts';

/** What the keys do, on as many lines as the screen needs for them. */
export function keyLines(keys: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const key of keys) {
    const line = lines.at(-1);
    if (line === undefined || widthOf(line) + 2 + key.length > columns) lines.push(cutTo(key, columns));
    else lines[lines.length - 1] = `${line}  ${key}`;
  }
  return lines;
}
