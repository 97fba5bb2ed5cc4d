import { readJson } from '../../src/incremental/index.ts';
import { normalised } from '../../src/reading/normalise.ts';
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
  /** Leaves that were delivered and do not stand in the raw answer. */
  readonly invented: readonly string[];
}

export function measureStructured(): Measured {
  return measured(recorded('structured-rag.jsonl').map(({ schema, raw }) => ({ schema, raw: String(raw) })));
}

export function measureCalls(): Measured {
  const calls = recorded('function-calls.jsonl') as unknown as readonly RecordedCall[];
  return measured(
    calls.map((call) => ({
      schema: schemaOfCalls(call),
      raw: call.raw,
      isAccepted: (value) => isAcceptedBy(call, value),
    })),
  );
}

interface Case {
  readonly schema: unknown;
  readonly raw: string;
  readonly isAccepted?: (value: unknown) => boolean;
}

function measured(cases: readonly Case[]): Measured {
  let valid = 0;
  let accepted = 0;
  const invented: string[] = [];
  for (const { schema, raw, isAccepted } of cases) {
    const read = readJson(raw, schema, { additionalMembers: 'allow' });
    if (read === undefined) continue;
    valid += 1;
    if (isAccepted?.(read.value) === true) accepted += 1;
    const characters = raw.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    const source = normalised(characters.replace(/\\(.)/g, '$1'));
    for (const leaf of leavesOf(read.value)) {
      if (!source.includes(normalised(leaf.replace(/[\n\t\\]/g, '')))) invented.push(leaf);
    }
  }
  return { answers: cases.length, valid, accepted, invented };
}

function* leavesOf(value: unknown): Generator<string> {
  if (value === null) return;
  if (typeof value === 'object') for (const member of Object.values(value)) yield* leavesOf(member);
  else if (typeof value === 'string') yield value;
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
  if (normalised(name) !== normalised(wantedName)) return false;
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
