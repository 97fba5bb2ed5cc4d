/**
 * Checks and ladders from plain configuration.
 *
 * @module ai-staged-retry/config
 */

export type { AnyCheckOptions, CheckConfig, CheckOptionsByType, CustomConfig } from './check-config.ts';
export { checksFrom } from './checks-from.ts';
export type { ConfigRegistry, EntryOptions } from './registry.ts';
export type { StageConfig, StageOptionsByType } from './stage-config.ts';
export { stagesFrom } from './stages-from.ts';
