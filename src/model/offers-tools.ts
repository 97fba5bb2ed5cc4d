import type { CallOptions } from './language-model.ts';

/** Whether a call gives the model tools to call; a choice of `none` makes some provider packages leave them out. */
export function offersTools({ tools = [], toolChoice }: Pick<CallOptions, 'tools' | 'toolChoice'>): boolean {
  return tools.length > 0 && toolChoice?.type !== 'none';
}
