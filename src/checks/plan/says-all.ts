import type { FlexibleSchema } from 'ai';

/**
 * Whether a schema's JSON Schema says all that the schema says, so that what the one rejects the other does too. Known
 * of the SDK's `jsonSchema` and of zod 4 schemas without flags, coercion, transforms, refinements, `catch` or `trim`.
 */
export function saysAll(schema: FlexibleSchema): boolean {
  const known = answers.get(schema);
  if (known !== undefined) return known;
  const answer = isOurs(schema) || isPlainJsonSchema(schema) || isPlainZod(schema, new Set());
  answers.set(schema, answer);
  return answer;
}

const answers = new WeakMap<object, boolean>();

/** Whether a schema judges by a function of its own: a zod schema with `refine` or `superRefine`, wherever it stands. */
export function refines(schema: unknown, seen: Set<unknown> = new Set()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const definition = (schema as { _zod?: { def?: ZodDefinition } } | null | undefined)?._zod?.def;
  if (definition === undefined) return false;
  if (definition.checks?.some(({ _zod }) => _zod?.def.check === 'custom') === true) return true;
  return (partsOf(definition) ?? [definition.innerType]).some((part) => refines(part, seen));
}

/** Whether a schema was made of the JSON Schema that came with a call. */
export function isOurs(schema: object): boolean {
  const standard = '~standard' in schema ? (schema['~standard'] as { vendor?: unknown }) : undefined;
  return standard?.vendor === 'ai-staged-retry';
}

function isPlainJsonSchema(schema: object): boolean {
  return Symbol.for('vercel.ai.schema') in schema && (schema as { validate?: unknown }).validate === undefined;
}

/** What zod 4 keeps of a schema: https://zod.dev/packages/core#definitions */
interface ZodDefinition {
  readonly type: string;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod?: { readonly def: ZodCheck } }[];
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly catchall?: unknown;
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly options?: readonly unknown[];
  readonly items?: readonly unknown[];
  readonly rest?: unknown;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
}

interface ZodCheck {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
}

const plainChecks = new Set([
  'min_length',
  'max_length',
  'length_equals',
  'greater_than',
  'less_than',
  'multiple_of',
  'number_format',
]);
const plainTypes = new Set(['boolean', 'null', 'literal', 'enum', 'any', 'unknown', 'string', 'number', 'never']);

function isPlainZod(schema: unknown, seen: Set<unknown>): boolean {
  if (seen.has(schema)) return true;
  seen.add(schema);
  const definition = (schema as { _zod?: { def?: ZodDefinition } } | null | undefined)?._zod?.def;
  if (definition === undefined || definition.coerce === true) return false;
  if (!(definition.checks ?? []).every(({ _zod }) => _zod !== undefined && isPlainCheck(_zod.def))) return false;
  // A format that is a type of its own (`z.email()`) is a string with a check that stands in the definition itself.
  if ('check' in definition && !isPlainCheck(definition as unknown as ZodCheck)) return false;
  const parts = partsOf(definition);
  return parts?.every((part) => isPlainZod(part, seen)) === true;
}

function isPlainCheck({ check, format, pattern }: ZodCheck): boolean {
  if (plainChecks.has(check)) return true;
  return check === 'string_format' && format === 'regex' && pattern?.flags === '';
}

/** The schemas a schema is made of; `undefined` for a kind that may do more than its JSON Schema says. */
function partsOf(definition: ZodDefinition): readonly unknown[] | undefined {
  const {
    type,
    shape = {},
    catchall,
    element,
    innerType,
    options = [],
    items = [],
    rest,
    keyType,
    valueType,
  } = definition;
  if (plainTypes.has(type)) return [];
  switch (type) {
    case 'object':
      return [...Object.values(shape), ...(catchall === undefined ? [] : [catchall])];
    case 'array':
      return [element];
    case 'optional':
    case 'nullable':
      return [innerType];
    case 'union':
      return options;
    case 'tuple':
      return [...items, ...(rest === undefined || rest === null ? [] : [rest])];
    case 'record':
      return [keyType, valueType];
    default:
      return undefined;
  }
}
