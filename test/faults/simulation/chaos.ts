import type { Effects } from '../../../src/effects/effects.ts';
import { sleep } from '../../../src/effects/waiting.ts';
import type { Random } from './random.ts';

/** What the world does wrong on purpose. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}

/** What every await of the world goes through. */
export interface Chaos {
  readonly random: Random;
  /** Whether something was made to hang that the library sets no deadline to. */
  readonly hasHung: boolean;
  /** Passes, takes its time, throws, hangs, or makes the caller abort. */
  moment(place: string, options?: { readonly hangs?: 'allowed' | 'bounded' }): Promise<void>;
}

export interface ChaosOptions {
  readonly random: Random;
  readonly effects: Effects;
  /** The share of moments that go wrong. */
  readonly faults: number;
  readonly delays: number;
  readonly aborts: number;
  readonly abort: () => void;
}

/** A moment that `hangs: 'allowed'` may hang where only the caller's abort helps; `bounded` where the library has a deadline. */
export function createChaos({ random, effects, faults, delays, aborts, abort }: ChaosOptions): Chaos {
  let hasHung = false;
  return {
    random,
    get hasHung() {
      return hasHung;
    },
    async moment(place, { hangs } = {}) {
      if (random.chance(delays)) await sleep(random.pick([0, 1, 50, 1000, 20_000]), effects);
      if (random.chance(aborts)) abort();
      if (!random.chance(faults)) return;
      if (hangs !== undefined && random.chance(0.3)) {
        hasHung ||= hangs === 'allowed';
        await new Promise(() => {});
      }
      throw new WorldError(place);
    },
  };
}
