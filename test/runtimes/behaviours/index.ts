import type { Behaviour } from './behaviour.ts';
import { durable } from './durable.ts';
import { ladder } from './ladder.ts';
import { parts } from './parts.ts';
import { streams } from './streams.ts';

/** What must hold in every runtime and with both majors of the SDK. Web standards only: it runs where there is no Node. */
export const behaviours: readonly Behaviour[] = [...ladder, ...streams, ...durable, ...parts];

/** What came of each: the titles, with what was wrong. */
export async function results(): Promise<readonly { title: string; error?: string }[]> {
  const found: { title: string; error?: string }[] = [];
  for (const { title, run } of behaviours) {
    try {
      await run();
      found.push({ title });
    } catch (error) {
      found.push({ title, error: String(error) });
    }
  }
  return found;
}
