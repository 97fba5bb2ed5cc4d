import type { Stage } from '../stages/stage.ts';
import type { CustomConfig } from './check-config.ts';
import { madeFrom } from './made-from.ts';
import type { ConfigRegistry } from './registry.ts';
import type { StageConfig } from './stage-config.ts';
import { anyStageOptions, stageTypes } from './stage-types.ts';

/**
 * Creates a ladder from plain configuration. Models, tools and inboxes are named in the configuration and found in the
 * registry.
 *
 * @throws InvalidArgumentError that names the entry, its type and the wrong option, and suggests the closest valid
 * name.
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
