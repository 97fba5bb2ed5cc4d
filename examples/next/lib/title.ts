import type { EscalationSummary } from 'ai-staged-retry';
import { clipped } from './visible.ts';

/** What it is called; without a description, what is wrong with it. */
export function titleOf({ title, issues }: EscalationSummary): string {
  return clipped(title ?? issues[0]?.message ?? 'An answer without a title');
}
