import type { Check } from '../checks/check.ts';
import type { CheckPlan } from '../checks/plan.ts';
import { jsonSchemaOf } from '../checks/schema.ts';
import type { Rung } from '../policy/rung.ts';

/** What a model was wrapped with that decides which answers are accepted, and whose: a part of every key. */
export function wrappingOf({ toolInput, structure, content }: CheckPlan, ladder: readonly Rung[]): unknown {
  const checks = new Set([...toolInput, ...structure, ...content]);
  return {
    checks: [...checks].map(identityOf),
    models: ladder.flatMap(({ usesModel }) => (usesModel === undefined ? [] : [usesModel])),
  };
}

/** A schema says by itself when it changed, where it has a JSON Schema; a function does not. */
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
