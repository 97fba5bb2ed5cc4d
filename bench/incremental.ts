import { parsePartialJson } from 'ai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import clarinet from 'clarinet';
import { compileSchema, incrementalValidator } from '../src/incremental/index.ts';

const invoice = {
  type: 'object',
  properties: {
    id: { type: 'string', minLength: 1 },
    currency: { enum: ['EUR', 'USD', 'GBP'] },
    vendor: { $ref: '#/$defs/party' },
    customer: { $ref: '#/$defs/party' },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    total: { type: 'number', minimum: 0 },
    paid: { type: 'boolean' },
  },
  required: ['id', 'currency', 'vendor', 'customer', 'lines', 'note', 'total', 'paid'],
  additionalProperties: false,
  $defs: {
    party: {
      type: 'object',
      properties: {
        name: { type: 'string' },
        email: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$' },
        country: { type: 'string', minLength: 2, maxLength: 2 },
      },
      required: ['name', 'email', 'country'],
      additionalProperties: false,
    },
    line: {
      type: 'object',
      properties: {
        description: { type: 'string' },
        quantity: { type: 'integer', exclusiveMinimum: 0 },
        price: { type: 'number' },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['description', 'quantity', 'price', 'tags'],
      additionalProperties: false,
    },
  },
};

function invoiceWith(lines: number) {
  const party = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com`, country: 'DE' });
  return {
    id: 'INV-2026-0042',
    currency: 'EUR',
    vendor: party('Northwind'),
    customer: party('Contoso'),
    lines: Array.from({ length: lines }, (_, index) => ({
      description: `Item ${index}: a "quoted" description of some length`,
      quantity: (index % 9) + 1,
      price: index * 1.25 + 3,
      tags: ['office', 'recurring'],
    })),
    note: null,
    total: 1234.5,
    paid: false,
  };
}

/** The text in pieces as a model's tokens are: three to five characters. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let position = 0; position < text.length; ) {
    const length = 3 + (pieces.length % 3);
    pieces.push(text.slice(position, position + length));
    position += length;
  }
  return pieces;
}

/** The fastest of several rounds, in milliseconds for one call. */
function time(act: () => void, calls = 1, rounds = 15): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) act();
    best = Math.min(best, (performance.now() - start) / calls);
  }
  return best;
}

/** Both in turns, so that a busy machine slows both alike. */
function timeBoth(one: () => void, other: () => void, calls = 1): [number, number] {
  let best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 15; round++) {
    best = [Math.min(best[0], time(one, calls, 1)), Math.min(best[1], time(other, calls, 1))];
  }
  return best;
}

function streaming() {
  const validator = incrementalValidator(invoice);
  return [4, 90, 900, 9_000].map((lines) => {
    const text = JSON.stringify(invoiceWith(lines));
    const pieces = piecesOf(text);
    const calls = Math.max(1, Math.round(200_000 / text.length));
    const judge = () => {
      const check = validator.start();
      for (const piece of pieces) check.push(piece);
      if (!check.end().valid) throw new Error('the document is valid');
    };
    const parse = () => {
      const parser = clarinet.parser();
      for (const piece of pieces) parser.write(piece);
      parser.close();
    };
    const [ours, theirs] = timeBoth(judge, parse, calls);
    return {
      document: `${(text.length / 1_000).toFixed(1)} KB`,
      'parse + judge, ns/char': Math.round((ours * 1e6) / text.length),
      'clarinet, ns/char': Math.round((theirs * 1e6) / text.length),
      ratio: (ours / theirs).toFixed(2),
    };
  });
}

async function repeatedParsing() {
  const text = JSON.stringify(invoiceWith(90)).slice(0, 10_000);
  const pieces = piecesOf(text);
  const start = performance.now();
  let whole = '';
  for (const piece of pieces) {
    whole += piece;
    await parsePartialJson(whole);
  }
  const theirs = performance.now() - start;
  const ours = time(() => {
    const check = incrementalValidator(invoice).start();
    for (const piece of pieces) check.push(piece);
  });
  return [{ document: '10 KB', 'parsePartialJson, ms': theirs.toFixed(1), 'parse + judge, ms': ours.toFixed(2) }];
}

function wholeValues() {
  const value = invoiceWith(4);
  const { isValid } = compileSchema(invoice);
  const judge = new Ajv2020({ strict: false }).compile(invoice);
  if (!isValid(value) || !judge(value)) throw new Error('the document is valid');
  const [ours, theirs] = timeBoth(
    () => isValid(value),
    () => judge(value),
    20_000,
  );
  return [
    {
      document: `${JSON.stringify(value).length} bytes`,
      'isValid, ns': Math.round(ours * 1e6),
      'ajv, ns': Math.round(theirs * 1e6),
      ratio: (ours / theirs).toFixed(2),
    },
  ];
}

function compiling() {
  let count = 0;
  const fresh = () => ({ ...structuredClone(invoice), $comment: String(count++) });
  const schemas = Array.from({ length: 3_000 }, fresh);
  const cold = time(() => compileSchema(schemas[--count]), 200, 10);
  const copies = Array.from({ length: 3_000 }, () => structuredClone(invoice));
  let copy = 0;
  const byContent = time(() => compileSchema(copies[copy++ % copies.length]), 300, 10);
  const byIdentity = time(() => compileSchema(invoice), 10_000, 10);
  return [
    {
      'compile, µs': (cold * 1e3).toFixed(1),
      'known by content, µs': (byContent * 1e3).toFixed(2),
      'known by identity, µs': (byIdentity * 1e3).toFixed(3),
    },
  ];
}

/** Compares the incremental validator with a streaming parser, a compiling validator and repeated parsing. */
export async function run(): Promise<void> {
  console.log('A text in pieces of 3 to 5 characters:');
  console.table(streaming());
  console.log('The same, parsed from its start at each piece:');
  console.table(await repeatedParsing());
  console.log('A whole value:');
  console.table(wholeValues());
  console.log('Compiling a schema:');
  console.table(compiling());
}

if (import.meta.main) await run();
