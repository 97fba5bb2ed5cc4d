import type { Check } from '../checks/check.ts';
import type { CheckPlan } from '../checks/plan/plan.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { Rung } from '../policy/rung.ts';

/** The wrapping options that decide which answers are accepted, and from which models. Part of every key. */
export function wrappingOf({ toolInput, structure, content }: CheckPlan, ladder: readonly Rung[]): unknown {
  const checks = new Set([...toolInput, ...structure, ...content]);
  return {
    checks: [...checks].map(identityOf),
    models: ladder.flatMap(({ usesModel }) => (usesModel === undefined ? [] : [usesModel])),
  };
}

/** A schema with a JSON Schema shows when it changed; a function does not. */
function identityOf({ name, version, schema }: Check): unknown {
  return { name, version, schema: schema === undefined ? undefined : plainSchema(schema) };
}

function plainSchema(schema: NonNullable<Check['schema']>): unknown {
  try {
    return JSON.parse(JSON.stringify(jsonSchemaOf(schema) ?? null));
  } catch {
    return null;
  }
}
