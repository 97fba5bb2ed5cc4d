import type { Check } from '../checks/check.ts';
import { anyJson } from '../checks/json.ts';
import { type CheckPlan, isEmptyPlan } from '../checks/plan.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import { type IncrementalValidator, incrementalValidator } from '../incremental/index.ts';
import type { CallOptions } from '../model/language-model.ts';
import type { Settings } from '../options/settings.ts';

/** How a stream is delivered, and why it is held where `auto` chose to hold it. */
export type Delivery =
  | { readonly type: 'live'; readonly format: 'json' | 'text' }
  | { readonly type: 'buffer'; readonly heldBy: readonly string[] };

/** Live where nothing has to see the whole answer first, or where the caller says so. */
export function chooseDelivery(
  plan: CheckPlan,
  params: CallOptions,
  { delivery }: Pick<Settings, 'delivery'>,
): Delivery {
  const isJson = params.responseFormat?.type === 'json' || plan.structure.length > 0;
  const heldBy = [...plan.structure.filter(needsWhole), ...plan.content.filter(({ start }) => start === undefined)];
  const names = [...new Set(heldBy.map(({ name }) => name))];
  if (delivery === 'buffer') return { type: 'buffer', heldBy: [] };
  if (delivery === 'live') return { type: 'live', format: isJson ? 'json' : 'text' };
  if (isEmptyPlan(plan)) return { type: 'live', format: 'text' };
  if (isJson && !hasSchema(plan)) return { type: 'buffer', heldBy: names };
  if (names.length > 0 || (!isJson && plan.content.length === 0)) return { type: 'buffer', heldBy: names };
  return { type: 'live', format: isJson ? 'json' : 'text' };
}

function needsWhole({ schema, incremental }: Check): boolean {
  return incremental !== true || schema === undefined || jsonSchemaOf(schema) === undefined;
}

function hasSchema({ structure }: CheckPlan): boolean {
  return structure.some(({ schema }) => schema !== anyJson);
}

/** A validator of a text that streams, and the check it speaks for. */
export interface TextValidator {
  readonly check: string;
  readonly validator: IncrementalValidator;
}

/**
 * The validators of the JSON Schemas an answer is held to. What a schema forbids only for providers' sake is let
 * through; a caller's schema has the last word on the whole answer anyway.
 */
export function textValidators({ structure }: CheckPlan, lenient: boolean): TextValidator[] {
  const options = { additionalMembers: 'allow', lenient } as const;
  return structure.flatMap(({ name, schema }) => {
    const json = schema === undefined ? undefined : jsonSchemaOf(schema);
    return json === undefined ? [] : [{ check: name, validator: incrementalValidator(json, options) }];
  });
}
