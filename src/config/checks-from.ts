import { type Check, validated } from '../checks/check.ts';
import { canonicalJson } from '../trace/canonical-json.ts';
import type { CheckConfig, CustomConfig } from './check-config.ts';
import { anyCheckOptions, checkTypes } from './check-types.ts';
import { madeFrom } from './made-from.ts';
import type { ConfigRegistry } from './registry.ts';

/**
 * Makes checks of plain configuration, as it is kept in a file or a database. What JSON cannot say is named there and
 * stands in the registry.
 *
 * @throws InvalidArgumentError naming the entry, its type and the option that is wrong, with the nearest name there is.
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
