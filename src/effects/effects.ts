/** Time, chance and identity: what a run takes from outside, so that a simulation can give it its own. */
export interface Effects {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`, unless cancelled by calling the result. */
  after(ms: number, callback: () => void): () => void;
  /** From [0, 1). */
  random(): number;
  createId(): string;
}

/** The longest wait a JavaScript timer can hold; a longer one would fire at once. */
const maxTimeoutMs = 2 ** 31 - 1;

export const systemEffects: Effects = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, maxTimeoutMs));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  createId: () => crypto.randomUUID(),
};
