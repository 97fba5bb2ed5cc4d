import type { CallOptions } from './language-model.ts';

/** Whether a call offers tools to the model. With the choice `none`, some provider packages leave them out. */
export function offersTools({ tools = [], toolChoice }: Pick<CallOptions, 'tools' | 'toolChoice'>): boolean {
  return tools.length > 0 && toolChoice?.type !== 'none';
}
