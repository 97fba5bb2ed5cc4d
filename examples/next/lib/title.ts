import type { Escalation } from 'ai-staged-retry';
import { clipped } from './visible.ts';

/** What it is called; without a description, what is wrong with it. */
export function titleOf({ title, issues }: Escalation): string {
  return clipped(title ?? issues[0]?.message ?? 'An answer without a title');
}
