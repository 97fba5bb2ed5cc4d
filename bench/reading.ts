import { Ajv } from 'ajv';
import { jsonrepair } from 'jsonrepair';
import { readJson } from '../src/incremental/index.ts';
import { readInSteps } from '../src/reading/read-json.ts';

/** Reading beside `JSON.parse` with a validator, and beside `jsonrepair`, in the same process. */
const schema = {
  type: 'object',
  properties: {
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { item: { type: 'string' }, price: { type: 'number' } },
        required: ['item', 'price'],
      },
    },
  },
  required: ['lines'],
};
const validate = new Ajv().compile(schema);
const document = (lines: number) => ({
  lines: Array.from({ length: lines }, (_, index) => ({ item: `brass gear ${index}`, price: index / 4 })),
});

interface Row {
  readonly text: string;
  readonly peer: (text: string) => unknown;
}

const rows: Record<string, Row> = {};
for (const lines of [20, 1000, 10_000]) {
  const json = JSON.stringify(document(lines));
  const size = `${Math.round(json.length / 1000)} KB`;
  const python = json.replaceAll('"', "'").replaceAll(':', ': ');
  rows[`valid, ${size}, beside JSON.parse and ajv`] = { text: json, peer: (text) => validate(JSON.parse(text)) };
  rows[`quotes, ${size}, beside jsonrepair`] = { text: python, peer: (text) => JSON.parse(jsonrepair(text)) };
  rows[`numbers in strings, ${size}, beside JSON.parse and ajv`] = {
    text: json.replaceAll(/"price":([\d.]+)/g, '"price":"$1"'),
    peer: (text) => validate(JSON.parse(text)),
  };
}

for (const [name, { text, peer }] of Object.entries(rows)) {
  const rounds = Math.max(5, Math.round(2_000_000 / text.length));
  const [ours, theirs] = paired(
    () => readJson(text, schema),
    () => peer(text),
    rounds,
  );
  console.log(`${name.padEnd(52)} ${ours.toFixed(2)} ms, ${(ours / theirs).toFixed(2)} of the peer`);
}

/** Broken text of 500 KB, and the longest that reading it keeps the event loop from turning. */
const size = 500_000;
const hostile: Record<string, string> = {
  brackets: '['.repeat(size),
  'open objects': '{"a":'.repeat(size / 5),
  'quotes in a string': `{"lines":"${'x"y'.repeat(size / 3)}"}`,
  backslashes: `{"lines":"${'\\'.repeat(size)}`,
  'numbers without commas': `[${'1 '.repeat(size / 2)}]`,
  comments: `{"lines":[${'/**/'.repeat(size / 4)}]}`,
  'values in a row': '{"item":"x"}\n'.repeat(size / 13),
  'numbers in strings': JSON.stringify(document(12_000)).replaceAll(/"price":([\d.]+)/g, '"price":"$1"'),
  'members that the schema does not name': JSON.stringify({
    lines: [{ item: 'x', price: '1' }],
    ...Object.fromEntries(Array.from({ length: 38_000 }, (_, index) => [`m${index}`, 1])),
  }),
  'single quotes': JSON.stringify(document(12_000)).replaceAll('"', "'"),
};
for (const [name, text] of Object.entries(hostile)) {
  const longest = median(Array.from({ length: 9 }, () => longestStep(text)));
  console.log(
    `${`${name}, ${Math.round(text.length / 1000)} KB`.padEnd(52)} ${longest.toFixed(2)} ms at most in one step`,
  );
}

function longestStep(text: string): number {
  const steps = readInSteps(text, schema, {});
  for (let longest = 0; ; ) {
    let isDone: boolean | undefined;
    const ms = timeOf(() => {
      isDone = steps.next().done;
    });
    longest = Math.max(longest, ms);
    if (isDone) return longest;
  }
}

/** The median times of two functions, called in turn. */
function paired(one: () => unknown, other: () => unknown, rounds: number): readonly [number, number] {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    times[0].push(timeOf(one));
    times[1].push(timeOf(other));
  }
  return [median(times[0]), median(times[1])];
}

function timeOf(run: () => unknown): number {
  const startedAt = performance.now();
  run();
  return performance.now() - startedAt;
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}
