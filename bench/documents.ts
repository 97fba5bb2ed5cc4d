/**
 * Judges real documents in pieces of four characters, beside a streaming parser: the valid instances of MaskBench that are
 * kept beside the repository, or those of `MASKBENCH_DIR`.
 */
import clarinet from 'clarinet';
import { incrementalValidator } from '../src/incremental/index.ts';
import { benchmarkSchemas, missing } from '../test/incremental/maskbench.ts';

const ROUNDS = 40;
const PORTION = 60;
const PIECE = 4;

interface Document {
  readonly pieces: readonly string[];
  readonly validator: ReturnType<typeof incrementalValidator>;
}

if (missing === undefined) measure([...documents()]);
else console.log(`skipped: ${missing}`);

function measure(all: readonly Document[]): void {
  const characters = all.reduce((sum, { pieces }) => sum + pieces.join('').length, 0);
  const fastest = portionsOf(all).map((documents) => ({
    documents,
    ours: Number.POSITIVE_INFINITY,
    theirs: Number.POSITIVE_INFINITY,
  }));
  // Some milliseconds each in turns, and the best of all rounds, so that a busy machine slows neither.
  for (let round = 0; round < ROUNDS; round++) {
    for (const portion of fastest) {
      const { documents } = portion;
      portion.ours = Math.min(
        portion.ours,
        time(() => documents.forEach(judge)),
      );
      portion.theirs = Math.min(
        portion.theirs,
        time(() => documents.forEach(parse)),
      );
    }
  }
  const ours = fastest.reduce((sum, portion) => sum + portion.ours, 0);
  const theirs = fastest.reduce((sum, portion) => sum + portion.theirs, 0);
  console.table([
    {
      documents: all.length,
      'mean length': Math.round(characters / all.length),
      'parse + judge, ns/char': Math.round((ours * 1e6) / characters),
      'clarinet, ns/char': Math.round((theirs * 1e6) / characters),
      ratio: (ours / theirs).toFixed(2),
    },
  ]);
}

function portionsOf(all: readonly Document[]): (readonly Document[])[] {
  return Array.from({ length: Math.ceil(all.length / PORTION) }, (_, index) =>
    all.slice(index * PORTION, (index + 1) * PORTION),
  );
}

function* documents(): Generator<Document> {
  for (const { schema, tests } of benchmarkSchemas()) {
    const validator = incrementalValidator(schema);
    for (const { valid, data } of tests) {
      // The parser takes no scalar.
      if (valid && typeof data === 'object' && data !== null)
        yield { pieces: piecesOf(JSON.stringify(data)), validator };
    }
  }
}

function judge({ pieces, validator }: Document): void {
  const check = validator.start();
  for (const piece of pieces) check.push(piece);
  check.end();
}

function parse({ pieces }: Document): void {
  const parser = clarinet.parser();
  for (const piece of pieces) parser.write(piece);
  parser.close();
}

function time(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function piecesOf(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) =>
    text.slice(index * PIECE, (index + 1) * PIECE),
  );
}
