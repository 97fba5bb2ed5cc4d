/** How many steps matching may take in one call; a step takes some tens of nanoseconds. */
const MOST_STEPS = 3_000_000;

let left = MOST_STEPS;

/** What is left of the steps does not suffice. */
export class Exhausted extends Error {}

/** Begins a call from outside, which has all the steps to itself; nothing in it waits, so that no other comes between. */
export function allowSteps(): void {
  left = MOST_STEPS;
}

/** Whether the call's steps are used up. */
export function isExhausted(): boolean {
  return left < 0;
}

/** @throws Exhausted once the call's steps are used up. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new Exhausted();
}
