import type { Check } from './check.ts';

const key = Symbol('configured');

/** A check with what the caller gave it, which its messages may tell. Copies of the check keep it. */
export function configuredBy(given: readonly unknown[], check: Check): Check {
  return { ...check, [key]: given } as Check;
}

export function configuredOf(check: Check): unknown {
  return (check as { readonly [key]?: unknown })[key];
}
