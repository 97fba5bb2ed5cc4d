import type { Check } from '../checks/check.ts';
import { anyJson } from '../checks/json.ts';
import { type CheckPlan, isEmptyPlan } from '../checks/plan/plan.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { CallOptions } from '../model/language-model.ts';
import type { Settings } from '../options/settings.ts';
import type { TextFormat } from '../stream/live/live-text.ts';

/** How a stream is delivered, and which checks hold it if `auto` chose `buffer`. */
export type Delivery =
  | { readonly type: 'live'; readonly format: TextFormat }
  | { readonly type: 'buffer'; readonly heldBy: readonly string[] };

/** Live if nothing has to see the whole answer first, or if the caller says so. */
export function chooseDelivery(
  plan: CheckPlan,
  params: CallOptions,
  { delivery }: Pick<Settings, 'delivery'>,
): Delivery {
  const isJson = params.responseFormat?.type === 'json' || plan.structure.length > 0;
  const heldBy = [...plan.structure.filter(needsWhole), ...plan.content.filter(({ start }) => start === undefined)];
  const names = [...new Set(heldBy.map(({ name }) => name))];
  if (delivery === 'buffer') return { type: 'buffer', heldBy: [] };
  const format = isJson ? 'json' : plan.content.length === 0 ? 'prose' : 'text';
  if (delivery === 'live' || isEmptyPlan(plan)) return { type: 'live', format };
  if (isJson && !hasSchema(plan))
    return { type: 'buffer', heldBy: names.length > 0 ? names : plan.structure.map(({ name }) => name) };
  if (mustCall(params))
    return { type: 'buffer', heldBy: [...new Set([...plan.toolInput.map(({ name }) => name), ...names])] };
  return names.length > 0 ? { type: 'buffer', heldBy: names } : { type: 'live', format };
}

/** Whether a tool has to be called, so that text alone is not an answer. */
function mustCall({ toolChoice }: CallOptions): boolean {
  return toolChoice?.type === 'required' || toolChoice?.type === 'tool';
}

function needsWhole({ schema, incremental }: Check): boolean {
  return incremental !== true || schema === undefined || jsonSchemaOf(schema) === undefined;
}

function hasSchema({ structure }: CheckPlan): boolean {
  return structure.some(({ schema }) => schema !== anyJson);
}
