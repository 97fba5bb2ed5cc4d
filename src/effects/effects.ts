/** The clock, timers, randomness and ids that a run uses, so that a simulation can replace them. */
export interface Effects {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`. Call the result to cancel. */
  after(ms: number, callback: () => void): () => void;
  /** A number in [0, 1). */
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
