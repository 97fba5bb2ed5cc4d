import 'ai';
import { attacks } from './attacks.ts';

// Attacks the library for ten minutes at most and prints one table: `npm run attack`. SEED=2 draws others, MINUTES=2 takes
// less time, and names after it run only these: `npm run attack -- schemas answers`.
const seed = Number(process.env.SEED ?? 1);
const minutes = Number(process.env.MINUTES ?? 10);
const chosen = process.argv.slice(2);
const names = chosen.length === 0 ? Object.keys(attacks) : chosen;
const shareMs = (minutes * 60_000) / names.length;

const rows: Record<string, string | number>[] = [];
const broken: string[] = [];
for (const name of names) {
  const attack = attacks[name];
  if (attack === undefined) throw new Error(`There is no attack "${name}": ${Object.keys(attacks).join(', ')}.`);
  const startedAt = Date.now();
  const { tried, failures, figures } = await attack({ seed, tries: 100_000, until: startedAt + shareMs });
  const seen = Object.entries(figures).map(([what, figure]) => `${what}: ${figure}`);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  rows.push({ attack: name, tried, 'did not hold': failures.length, seconds, seen: seen.join(', ') });
  console.log(`${name}: ${tried} tried, ${failures.length} did not hold, ${seconds} s`);
  broken.push(...failures.slice(0, 5).map((failure) => `${name}, SEED=${seed}: ${failure}`));
}
console.table(rows);
for (const line of broken) console.log(line);
process.exit(broken.length === 0 ? 0 : 1);
