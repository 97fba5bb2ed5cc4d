import { describe, expect, test } from 'vitest';
import { compileSchema, incrementalValidator } from '../../src/incremental/index.ts';
import { type BenchmarkSchema, benchmarkSchemas, missing } from './maskbench.ts';
import { pieces, seeded } from './pieces.ts';

/** Every verdict that differs from its label, and why. */
const DISAGREEMENTS: Readonly<Record<string, string>> = {
  'JsonSchemaStore---bounded-context': 'ajv too takes "://" for a URI reference',
  'Snowplow---sp_151_Normalized': 'the numbers differ beyond what a double holds',
};

interface Result {
  schemas: number;
  readonly wrong: Map<string, string>;
  readonly diedValid: string[];
  readonly disagreeing: string[];
  invalidLength: number;
  savedLength: number;
}

describe.skipIf(missing !== undefined)(`MaskBench${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const result: Result = {
    schemas: 0,
    wrong: new Map(),
    diedValid: [],
    disagreeing: [],
    invalidLength: 0,
    savedLength: 0,
  };

  test('no schema or instance makes it throw', { timeout: 600_000 }, () => {
    const random = seeded(1);
    for (const schema of benchmarkSchemas()) judge(schema, random, result);
    expect(result.schemas).toBeGreaterThan(0);
  });

  test('no valid instance is dead at any prefix', () => {
    expect(result.diedValid).toEqual([]);
  });

  test('the verdict at the end is right for at least 99.5 % of the schemas', () => {
    expect(result.wrong.size / result.schemas).toBeLessThanOrEqual(0.005);
  });

  test.skipIf(process.env.MASKBENCH_DIR !== undefined)('each wrong verdict has its reason', () => {
    const unexplained = [...result.wrong].filter(([id]) => !Object.hasOwn(DISAGREEMENTS, id));
    expect(unexplained).toEqual([]);
  });

  test('the whole value is judged as its text is', () => {
    expect(result.disagreeing).toEqual([]);
  });

  test('at least 57 % of the invalid text need not be written', () => {
    expect(result.savedLength / result.invalidLength).toBeGreaterThanOrEqual(0.57);
  });
});

function judge({ id, schema, tests }: BenchmarkSchema, random: () => number, result: Result): void {
  const validator = incrementalValidator(schema, { formats: 'assert' });
  const compiled = compileSchema(schema, { formats: 'assert' });
  result.schemas++;
  for (const [index, { valid, data }] of tests.entries()) {
    for (const text of [JSON.stringify(data), JSON.stringify(data, null, 2)]) {
      const check = validator.start();
      let read = 0;
      for (const piece of pieces(text, random)) {
        read += piece.length;
        if (check.push(piece).state !== 'dead') continue;
        if (valid) result.diedValid.push(`${id} ${index}`);
        break;
      }
      const end = check.end();
      if (end.valid !== valid) result.wrong.set(id, `${index}: ${end.issues[0]?.message ?? 'valid'}`);
      if (end.valid !== compiled.isValid(data)) result.disagreeing.push(`${id} ${index}`);
      if (end.valid !== (compiled.issuesOf(data).length === 0)) result.disagreeing.push(`${id} ${index} issues`);
      if (valid || text.includes('\n')) continue;
      result.invalidLength += text.length;
      result.savedLength += text.length - read;
    }
  }
}
