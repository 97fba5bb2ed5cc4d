import type { Stage } from '../stages/stage.ts';
import type { CustomConfig } from './check-config.ts';
import { madeFrom } from './made-from.ts';
import type { ConfigRegistry } from './registry.ts';
import type { StageConfig } from './stage-config.ts';
import { anyStageOptions, stageTypes } from './stage-types.ts';

/**
 * Makes a ladder of plain configuration. Models, tools and inboxes are named, and stand in the registry.
 *
 * @throws InvalidArgumentError naming the entry, its type and the option that is wrong, with the nearest name there is.
 * @example stagesFrom([{ type: 'retry', attempts: 2 }, { type: 'human', inbox: 'invoices' }], { registry: { inboxes: { invoices } } })
 */
export function stagesFrom<STAGE extends string = never>(
  entries: readonly (StageConfig | CustomConfig<NoInfer<STAGE>>)[],
  { registry }: { readonly registry?: ConfigRegistry<string, STAGE> } = {},
): Stage[] {
  return madeFrom<Stage>(entries, {
    list: 'stages',
    types: stageTypes,
    shared: anyStageOptions,
    custom: registry?.stages,
    registry: registry ?? {},
    finish: (stage, shared) => ({ ...stage, ...shared }),
  });
}
