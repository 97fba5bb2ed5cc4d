import { type Attack, lineOf, tried } from './attack.ts';
import { asNew, hostileCases } from './hostile.ts';
import { longestBlock, tooLong } from './longest-block.ts';
import { ways } from './ways.ts';

/** Answers of a megabyte that are made to block; the longest that one keeps the event loop from turning. */
export const blocks: Attack = async (options) => {
  let worst = { ms: 0, what: '' };
  const result = await tried(options, async (random, number) => {
    const name = random.pick(Object.keys(hostileCases));
    const way = random.pick(Object.keys(ways));
    const made = hostileCases[name]?.();
    if (made === undefined) return undefined;
    const hostile = asNew(made);
    let failure: string | undefined;
    const ms = await longestBlock(async () => {
      try {
        await ways[way]?.(hostile);
      } catch (error) {
        if (!(error instanceof Error) || !error.name.startsWith('StagedRetry_')) failure = lineOf(error);
      }
    });
    const what = `${name}, ${way}`;
    // The first one loads what is needed.
    if (number > 0 && ms > worst.ms) worst = { ms, what };
    failure ??= tooLong(ms);
    return failure === undefined ? undefined : `${what}: ${failure}`;
  });
  return { ...result, figures: { 'longest block': `${Math.round(worst.ms)} ms (${worst.what})` } };
};
