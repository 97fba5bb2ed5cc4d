import type { FlexibleSchema } from 'ai';
import type { CallOptions } from '../model/language-model.ts';
import type { Check } from './check.ts';
import { anyJson, lenientSchema } from './json.ts';
import { type CheckPlan, isEmptyPlan } from './plan.ts';
import { toolInputs } from './tool-inputs.ts';

/** The names of the checks a call brings along; issues of theirs alone never keep an answer from the caller. */
export const zeroConfigNames: ReadonlySet<string> = new Set(['responseFormat', 'toolInputs']);

const lenientToolInputs = toolInputs({ unknownMembers: 'allow' });

/**
 * The checks a call brings along: its JSON Schema and its tools' schemas, each unless a check of the caller's covers that
 * part. They are lenient about unknown members, since the SDK forbids those only for providers' sake. Where anything is
 * judged, a call of a tool that nobody gave is too.
 */
export function withZeroConfig(plan: CheckPlan, { responseFormat, tools }: CallOptions): CheckPlan {
  const addsFormat = responseFormat?.type === 'json' && !plan.structure.some(({ schema }) => schema !== anyJson);
  const isJudged = addsFormat || !isEmptyPlan(plan) || (tools ?? []).length > 0;
  const addsTools = isJudged && plan.toolInput.length === 0;
  if (!addsFormat && !addsTools) return plan;
  return {
    ...plan,
    toolInput: addsTools ? [lenientToolInputs] : plan.toolInput,
    structure: addsFormat ? [...plan.structure, responseFormatCheck(responseFormat.schema)] : plan.structure,
  };
}

const known = new WeakMap<object, Check>();

function responseFormatCheck(schema: unknown): Check {
  if (typeof schema !== 'object' || schema === null) return formatCheck(anyJson);
  const check = known.get(schema) ?? formatCheck(schemaOrAny(schema));
  known.set(schema, check);
  return check;
}

function formatCheck(schema: FlexibleSchema): Check {
  return { name: 'responseFormat', schema, incremental: true };
}

/** What is no JSON Schema is the provider's to refuse. */
function schemaOrAny(schema: object): FlexibleSchema {
  try {
    return lenientSchema(schema);
  } catch {
    return anyJson;
  }
}
