import type { ExponentialOptions } from '../policy/backoff.ts';
import type { FallbackOptions } from '../stages/fallback.ts';
import type { HumanOptions } from '../stages/human.ts';
import type { LendToolsOptions } from '../stages/lend-tools.ts';
import type { RepairOptions } from '../stages/repair.ts';
import type { RetryOptions } from '../stages/retry.ts';
import type { StageOptions } from '../stages/stage-options.ts';

/** A built-in stage in JSON. Its `type` is the name of the function. */
export type StageConfig = {
  readonly [TYPE in keyof StageOptionsByType]: { readonly type: TYPE } & StageOptionsByType[TYPE] & StageOptions;
}[keyof StageOptionsByType];

/** The options of each type that JSON can express. */
export interface StageOptionsByType {
  readonly fallback: Omit<FallbackOptions, 'model' | keyof StageOptions> & {
    /** The name of a model of the registry. */
    readonly model: string;
  };
  readonly human: Omit<HumanOptions, 'inbox' | 'describe' | 'response' | keyof StageOptions> & {
    /** The name of an inbox of the registry. */
    readonly inbox: string;
  };
  readonly lendTools: Omit<LendToolsOptions, 'tools' | keyof StageOptions> & {
    /** Names of tools of the registry. */
    readonly tools: string | readonly string[];
  };
  readonly repair: Omit<RepairOptions, keyof StageOptions>;
  readonly retry: Omit<RetryOptions, 'delay' | keyof StageOptions> & {
    /** Milliseconds, or the options of `exponential`. */
    readonly delay?: number | ExponentialOptions;
  };
}
