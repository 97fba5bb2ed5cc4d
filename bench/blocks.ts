import { asNew, hostileCases } from '../test/attack/hostile.ts';
import { longestBlock } from '../test/attack/longest-block.ts';
import { ways } from '../test/attack/ways.ts';

// How long an answer of a megabyte keeps the event loop from turning, in milliseconds of the thread's own processor time:
// `node --no-warnings bench/blocks.ts [name…]`. RUNS=5 measures each oftener. The first run is cold, the rest
// are warm; the schema is new each time.
const runs = Number(process.env.RUNS ?? 3);
const chosen = process.argv.slice(2);

const rows: Record<string, string | number>[] = [];
for (const [name, make] of Object.entries(hostileCases)) {
  if (chosen.length > 0 && !chosen.some((word) => name.includes(word))) continue;
  const hostile = make();
  const row: Record<string, string | number> = { answer: name, KB: Math.round(hostile.text.length / 1000) };
  for (const [way, run] of Object.entries(ways)) {
    const blocks: number[] = [];
    let outcome = 'ok';
    for (let count = 0; count < runs; count += 1) {
      const fresh = asNew(hostile);
      const ms = await longestBlock(async () => {
        try {
          await run(fresh);
        } catch (error) {
          outcome = (error as Error).name.replace('StagedRetry_', '').replace('Error', '');
        }
      });
      blocks.push(Math.round(ms));
    }
    row[way] = `${blocks.join(' ')} ${outcome === 'ok' ? '' : outcome.slice(0, 9)}`;
  }
  rows.push(row);
  console.log(Object.values(row).join(' | '));
}
console.table(rows);
