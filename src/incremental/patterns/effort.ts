/** How many steps one call may take; a step takes some tens of nanoseconds. */
export const MOST_STEPS = 2_000_000;

let left = MOST_STEPS;

/** What is left of the steps does not suffice. */
export class Exhausted extends Error {}

/** Begins work that nothing interrupts, with steps of its own: a call from outside, or a part of one after it has waited. */
export function allowSteps(steps = MOST_STEPS): void {
  left = steps;
}

/** How many steps the call has left: -1 once they are used up. */
export function stepsLeft(): number {
  return Math.max(-1, left);
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

/** Takes steps for what can be done without, if the call has them left. */
export function spare(steps: number): boolean {
  return left >= steps && afford(steps);
}

/** @throws Exhausted once the call's steps are used up. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new Exhausted();
}
