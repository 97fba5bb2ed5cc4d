import { type Check, validated } from '../checks/check.ts';
import { canonicalJson } from '../trace/canonical-json.ts';
import type { CheckConfig, CustomConfig } from './check-config.ts';
import { anyCheckOptions, checkTypes } from './check-types.ts';
import { madeFrom } from './made-from.ts';
import type { ConfigRegistry } from './registry.ts';

/**
 * Creates checks from plain configuration, such as a file or a database row. What JSON cannot express is named in the
 * configuration and found in the registry.
 *
 * @throws InvalidArgumentError that names the entry, its type and the wrong option, and suggests the closest valid
 * name.
 * @example checksFrom([{ type: 'json' }, { type: 'fieldPresent', paths: ['total'] }])
 * @example checksFrom(JSON.parse(row.checks), { registry: { checks: { 'adds-up': addsUp }, models: { judge: openai('gpt-5') } } })
 */
export function checksFrom<CHECK extends string = never>(
  entries: readonly (CheckConfig | CustomConfig<NoInfer<CHECK>>)[],
  { registry }: { readonly registry?: ConfigRegistry<CHECK> } = {},
): Check[] {
  return madeFrom<Check>(entries, {
    list: 'checks',
    types: checkTypes,
    shared: anyCheckOptions,
    custom: registry?.checks,
    registry: registry ?? {},
    // An answer that was cached before the entry changed has not been judged by it.
    finish: (check, shared, entry) =>
      validated({ ...check, ...shared, version: canonicalJson({ entry, version: check.version }) }),
  });
}
