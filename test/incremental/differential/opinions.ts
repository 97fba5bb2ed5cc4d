import { type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Dialect, JsonSchema } from './random-schema.ts';

/** What another validator says of a value; `undefined` where it fails at the schema. */
export type Opinion = (value: unknown) => boolean | undefined;

const options = { strict: false, logger: false, validateFormats: false, validateSchema: false } as const;

/** What ajv and @cfworker/json-schema say. */
export function opinionsOn(schema: JsonSchema, dialect: Dialect): readonly Opinion[] {
  return [opinionOfAjv(schema, dialect), opinionOfCfworker(schema, dialect)];
}

function opinionOfAjv(schema: JsonSchema, dialect: Dialect): Opinion {
  // ajv itself begins with draft 6; a draft-04 schema without these reads the same
  if (dialect === '4' && JSON.stringify(schema).includes('"exclusiveMinimum"')) return () => undefined;
  const ajv = { '2020-12': Ajv2020, '2019-09': Ajv2019, '7': Ajv, '6': Ajv, '4': Ajv }[dialect];
  const { $schema: _, ...rest } = schema as Readonly<Record<string, unknown>>;
  try {
    const validate = new ajv(options).compile(rest);
    return (value) => guarded(() => validate(value));
  } catch {
    return () => undefined;
  }
}

function opinionOfCfworker(schema: JsonSchema, dialect: Dialect): Opinion {
  // it has no draft of its own for draft 6, of which draft 7 is an extension
  const draft: SchemaDraft = dialect === '6' ? '7' : dialect;
  try {
    const validator = new Validator(schema as Schema, draft, true);
    return (value) => guarded(() => validator.validate(value).valid);
  } catch {
    return () => undefined;
  }
}

function guarded(judge: () => boolean): boolean | undefined {
  try {
    return judge();
  } catch {
    return undefined;
  }
}
