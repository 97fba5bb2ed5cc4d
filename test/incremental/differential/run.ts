/**
 * Compares the validator with two others on random schemas and values: `npm run differential [minutes] [seed]`. It fails if
 * a value that both accept is rejected, if one that both reject is accepted without a limit, or if the validator contradicts itself.
 */
import { judged } from './judged.ts';
import { opinionsOn } from './opinions.ts';
import { randomOf } from './random.ts';
import { type Dialect, dialects, randomDocument } from './random-schema.ts';
import { randomValue, valueFor } from './random-value.ts';

const VALUES_EACH = 12;
const MOST_PRINTED = 10;

const minutes = Number(process.argv[2] ?? 1);
const firstSeed = Number(process.argv[3] ?? 1);
const end = Date.now() + minutes * 60_000;
const counts = { schemas: 0, values: 0, valid: 0, limited: 0, unanswered: 0, disputed: 0, wrong: 0 };

for (let seed = firstSeed; Date.now() < end; seed++) compareOne(seed);
console.log(`seed ${firstSeed}, ${minutes} min:`, counts);
if (counts.wrong > 0) process.exitCode = 1;

function compareOne(seed: number): void {
  const random = randomOf(seed);
  const dialect = random.pick(Object.keys(dialects)) as Dialect;
  const schema = randomDocument(random, dialect);
  const opinions = opinionsOn(schema, dialect);
  counts.schemas++;
  for (let count = 0; count < VALUES_EACH; count++) {
    const value = random.chance(0.7) ? valueFor(schema, schema, random) : randomValue(random);
    const { valid, isLimited, contradiction } = judged(schema, value, random);
    counts.values++;
    if (valid) counts.valid++;
    if (isLimited) counts.limited++;
    const [one, other] = opinions.map((opinion) => opinion(value));
    if (one === undefined || other === undefined) counts.unanswered++;
    else if (one !== other) counts.disputed++;
    const isWrong = one === other && one !== undefined && one !== valid && (one || !isLimited);
    if (contradiction !== undefined || isWrong) report({ seed, valid, others: one, contradiction, schema, value });
  }
}

function report(finding: Readonly<Record<string, unknown>>): void {
  counts.wrong++;
  if (counts.wrong > MOST_PRINTED) return;
  console.log(JSON.stringify(finding).slice(0, 2_000));
}
