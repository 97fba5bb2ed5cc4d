import type { Rung } from '../../src/policy/rung.ts';
import { modelHandles } from '../../src/stages/stage-options.ts';

/** Rungs as the stage factories make them. */
export const retryRung = (attempts: number, name = 'retry'): Rung => ({
  name,
  attempts,
  handles: modelHandles,
  isPlainCall: true,
});

export const toolsRung = (attempts: number): Rung => ({ name: 'tools', attempts, handles: modelHandles });

export const fallbackRung = (attempts: number, usesModel = 'other'): Rung => ({
  name: 'fallback',
  attempts,
  handles: modelHandles,
  usesModel,
});

export const humanRung = (attempts = 3, name = 'human'): Rung => ({ name, attempts, asksPerson: true });
