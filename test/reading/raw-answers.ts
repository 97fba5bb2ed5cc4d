import { generateText, jsonSchema } from 'ai';
import { atOnce } from '../../src/effects/in-turns.ts';
import { readJson } from '../../src/incremental/index.ts';
import { reportOf, withStagedRetry } from '../../src/index.ts';
import { standingValues } from '../../src/reading/around/standing.ts';
import { scalarsOf } from '../../src/reading/index.ts';
import { lettersOf } from '../../src/reading/values/normalise.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import type { Fix } from '../../src/trace/fix.ts';
import { recorded } from './recorded.ts';

interface RecordedCall {
  readonly functions: readonly { readonly name: string; readonly parameters: object }[];
  readonly raw: string;
  readonly accepted: readonly Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>[];
}

interface Measured {
  readonly answers: number;
  /** How many are valid without a second call. */
  readonly valid: number;
  /** Of calls: how many are what the benchmark accepts. */
  readonly accepted: number;
  /** Scalars that were delivered and do not stand in the raw answer. */
  readonly invented: readonly string[];
  /** Words of the value that was read which were not delivered, and no fix tells of. */
  readonly lost: readonly string[];
}

/** What comes of a raw answer at the first call; `undefined` where the model would be asked again. */
export type Reader = (raw: string, schema: unknown) => Promise<Delivered | undefined> | Delivered | undefined;

interface Delivered {
  readonly text: string;
  readonly fixes: readonly Fix[];
}

const alone: Reader = (raw, schema) => readJson(raw, schema, { additionalMembers: 'allow' });

/** Through the whole library: `generateText` with a wrapped model whose first answer is the raw one. */
export const throughTheLibrary: Reader = async (raw, schema) => {
  const model = scriptedModel([raw]);
  const wrapped = withStagedRetry(model, {
    checks: [jsonSchema(schema as Parameters<typeof jsonSchema>[0])],
    stages: [],
  });
  const result = await generateText({ model: wrapped, prompt: 'x' }).catch(() => undefined);
  return result && { text: result.text, fixes: reportOf(result.finalStep.providerMetadata)?.fixes ?? [] };
};

export function measureStructured(read?: Reader): Promise<Measured> {
  const answers = recorded('structured-rag.jsonl');
  return measured(
    answers.map(({ schema, raw }) => ({ schema, raw: String(raw) })),
    read,
  );
}

export function measureCalls(read?: Reader): Promise<Measured> {
  const calls = recorded('function-calls.jsonl') as unknown as readonly RecordedCall[];
  const cases = calls.map((call) => ({
    schema: schemaOfCalls(call),
    raw: call.raw,
    isAccepted: (value: unknown) => isAcceptedBy(call, value),
  }));
  return measured(cases, read);
}

interface Case {
  readonly schema: unknown;
  readonly raw: string;
  readonly isAccepted?: (value: unknown) => boolean;
}

async function measured(cases: readonly Case[], reader: Reader = alone): Promise<Measured> {
  let valid = 0;
  let accepted = 0;
  const invented: string[] = [];
  const lost: string[] = [];
  for (const { schema, raw, isAccepted } of cases) {
    const read = await reader(raw, schema);
    if (read === undefined) continue;
    valid += 1;
    if (isAccepted?.(JSON.parse(read.text)) === true) accepted += 1;
    invented.push(...inventedIn(read, raw));
    lost.push(...lostOf(read, raw));
  }
  return { answers: cases.length, valid, accepted, invented, lost };
}

/** The scalars of a delivered text, numbers in their own digits, that the raw answer does not have. */
function inventedIn({ text }: Delivered, raw: string): readonly string[] {
  const source = plain(raw);
  const scalars = scalarsOf(text, 10_000) ?? [];
  return scalars
    .map(({ value, json }) => (typeof value === 'string' ? value : value === null ? 'n' : json))
    .filter((scalar) => !source.includes(plain(scalar)));
}

/** The words of the value that was read, as the raw answer has it, that are neither delivered nor told of. */
function lostOf({ text, fixes }: Delivered, raw: string): readonly string[] {
  const told = plain(`${text} ${fixes.map(({ from }) => from).join(' ')}`);
  const values = (atOnce(standingValues(raw))?.values ?? []).map(({ root }) => raw.slice(root.start, root.end));
  const sources = fixes.some(({ rule }) => rule === 'values-in-a-row') ? [values.join(' ')] : values;
  const lost = sources.map((source) => wordsOf(unescaped(source)).filter((word) => !told.includes(plain(word))));
  return lost.toSorted((left, right) => left.length - right.length)[0] ?? [];
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

/** A text without what reading may vary. */
function plain(text: string): string {
  return lettersOf(
    unescaped(text)
      .replace(/\\[nt]/g, '')
      .replace(/[\n\t\\]/g, ''),
  );
}

function unescaped(text: string): string {
  return text.replace(/\\+u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Models write `_` for a `.` in a name. */
function schemaOfCalls({ functions, accepted }: RecordedCall): object {
  const calls = functions.map(({ name, parameters }) => ({
    type: 'object',
    properties: { name: { enum: [...new Set([name, name.replaceAll('.', '_')])] }, arguments: parameters },
    required: ['name', 'arguments'],
  }));
  const call = calls.length === 1 ? calls[0] : { anyOf: calls };
  return (accepted.length > 1 ? { type: 'array', items: call } : call) as object;
}

interface Call {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

function isAcceptedBy({ accepted }: RecordedCall, value: unknown): boolean {
  const calls = (Array.isArray(value) ? value : [value]) as readonly Call[];
  const left = [...accepted];
  return (
    calls.length === left.length &&
    calls.every((call) => {
      const index = left.findIndex((wanted) => isCall(call, wanted));
      return index !== -1 && left.splice(index, 1).length === 1;
    })
  );
}

function isCall({ name, arguments: given }: Call, wanted: RecordedCall['accepted'][number]): boolean {
  const [wantedName = '', parameters = {}] = Object.entries(wanted)[0] ?? [];
  if (lettersOf(name) !== lettersOf(wantedName)) return false;
  const areKnown = Object.entries(given).every(([key, value]) => parameters[key]?.some((one) => isEqual(one, value)));
  const areThere = Object.entries(parameters).every(([key, values]) => key in given || values.includes(''));
  return areKnown && areThere;
}

/** As the benchmark compares: strings without case and punctuation. */
function isEqual(wanted: unknown, given: unknown): boolean {
  if (typeof wanted === 'string' && typeof given === 'string') return bare(wanted) === bare(given);
  if (Array.isArray(wanted) && Array.isArray(given)) {
    return wanted.length === given.length && wanted.every((item, index) => isEqual(item, given[index]));
  }
  if (typeof wanted !== 'object' || wanted === null || typeof given !== 'object' || given === null) {
    return wanted === given;
  }
  return Object.entries(given).every(([key, value]) => {
    const values = (wanted as Record<string, unknown>)[key];
    return Array.isArray(values) ? values.some((one) => isEqual(one, value)) : isEqual(values, value);
  });
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[ ,./_*^-]/g, '');
}
