/** How many steps one call may take; a step takes some tens of nanoseconds. */
const MOST_STEPS = 2_500_000;
/** How many more it may take for each character that comes with the call. */
const STEPS_PER_CHARACTER = 2;

let left = MOST_STEPS;

/** What is left of the steps does not suffice. */
export class Exhausted extends Error {}

/** Begins a call from outside, which has all the steps to itself; nothing in it waits, so that no other comes between. */
export function allowSteps(characters = 0): void {
  left = MOST_STEPS + STEPS_PER_CHARACTER * characters;
}

/** Whether the call's steps are used up. */
export function isExhausted(): boolean {
  return left < 0;
}

/** Takes steps, if the call has them left: what cannot be afforded is undecided. */
export function afford(steps: number): boolean {
  left -= steps;
  return left >= 0;
}

/** @throws Exhausted once the call's steps are used up. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new Exhausted();
}
