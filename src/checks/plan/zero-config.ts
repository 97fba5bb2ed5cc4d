import type { FlexibleSchema } from 'ai';
import type { CallOptions } from '../../model/language-model.ts';
import type { Check } from '../check.ts';
import { anyJson, compiledStandardSchema } from '../json.ts';
import { toolInputs } from '../tool-inputs.ts';
import { type CheckPlan, isEmptyPlan } from './plan.ts';
import { withCompiled } from './schema-compiler.ts';

/** The names of the checks a call brings along; issues of theirs alone never keep an answer from the caller. */
export const zeroConfigNames: ReadonlySet<string> = new Set(['responseFormat', 'toolInputs']);

export const lenientToolInputs = toolInputs({ unknownMembers: 'allow' });

/**
 * The checks a call brings along: its JSON Schema and its tools' schemas, each unless a check of the caller's covers that
 * part. They are lenient about unknown members, since the SDK forbids those only for providers' sake. Where anything is
 * judged, a call of a tool that nobody gave is too.
 */
export function withZeroConfig(
  plan: CheckPlan,
  { responseFormat, tools }: CallOptions,
): CheckPlan | Promise<CheckPlan> {
  const addsFormat = responseFormat?.type === 'json' && !plan.structure.some(({ schema }) => schema !== anyJson);
  const isJudged = addsFormat || !isEmptyPlan(plan) || (tools ?? []).length > 0;
  const addsTools = isJudged && plan.toolInput.length === 0;
  const withTools = addsTools ? { ...plan, toolInput: [lenientToolInputs] } : plan;
  if (!addsFormat) return withTools;
  return withFormat(responseFormat.schema, (check) => {
    if (planned?.plan !== plan || planned.check !== check)
      planned = { plan, check, joined: { ...withTools, structure: [...plan.structure, check] } };
    return planned.joined;
  });
}

/** The latest plan of a call with a format, for calls of the same model with the same schema. */
let planned: { readonly plan: CheckPlan; readonly check: Check; readonly joined: CheckPlan } | undefined;

/** The latest, for a caller who sends the same schema again; the SDK makes a new one each time, of which a weak map would grow. */
let latest: { readonly schema: object; readonly check: Check } | undefined;

function withFormat<RESULT>(schema: unknown, use: (check: Check) => RESULT): RESULT | Promise<RESULT> {
  if (typeof schema !== 'object' || schema === null) return use(formatCheck(anyJson));
  if (latest?.schema === schema) return use(latest.check);
  return withCompiled([schema, 'allow'], (compiled) => {
    // Before any schema, an answer is searched for members that could become a prototype.
    const check = formatCheck(compiled === undefined ? anyJson : compiledStandardSchema(schema, compiled.schema));
    latest = { schema, check };
    return use(check);
  });
}

function formatCheck(schema: FlexibleSchema): Check {
  return { name: 'responseFormat', schema, incremental: true };
}
