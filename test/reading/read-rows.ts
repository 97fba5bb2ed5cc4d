import { expect, test } from 'vitest';
import { compileSchema } from '../../src/incremental/schema/compiled-schema.ts';
import type { SchemaNode } from '../../src/incremental/schema/schema-node.ts';
import { liveReader, readJson } from '../../src/reading/index.ts';

/** A text, what is read of it, and by which rules, each with the place of the fix. */
type Row = readonly [written: string, read?: Text, fixes?: Text];
type Text = string | undefined;

/** The same, with what a stream passes on, if that is something else. */
type StreamedRow = readonly [written: string, read?: Text, fixes?: Text, shown?: Text];

export const num = { type: 'number' };
export const text = { type: 'string' };
export const int = { type: 'integer' };
export const bool = { type: 'boolean' };
export const nil = { type: 'null' };
export const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
export const list = (items: object) => ({ type: 'array', items });

/** Tests that each text reads so by the schema. */
export function expectRead(schema: object | true, rows: readonly Row[]): void {
  test.for(rows)(`%j by ${JSON.stringify(schema)}`, (row) => expectRow(schema, row));
}

/** The same, with what a stream passes on, however it is cut. */
export function expectEach(schema: object, rows: readonly StreamedRow[]): void {
  const { root } = compileSchema(schema);
  test.for(rows)(`%j by ${JSON.stringify(schema)}`, ([written, read, fixes, shown = read ?? written]) => {
    expectRow(schema, [written, read, fixes]);
    for (const length of [1, 7, written.length]) expect(streamed(written, length, root)).toBe(shown);
  });
}

function expectRow(schema: object | true, [written, read, fixes = '']: Row): void {
  const result = readJson(written, schema);
  expect(result?.text).toBe(read);
  if (result !== undefined) expect(result.value).toEqual(JSON.parse(result.text));
  const told = result?.fixes.map(({ rule, path }) => [rule, path.join('.')].filter(Boolean).join('@')) ?? [];
  expect(told.join(' ')).toBe(fixes);
}

function streamed(written: string, length: number, schema: SchemaNode): string {
  const reader = liveReader({ syntax: true, schema });
  const pieces = written.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
  return pieces.map((piece) => reader.push(piece)).join('');
}
