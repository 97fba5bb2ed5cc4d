declare const says: unique symbol;

/** What an option of an entry may be, in JSON Schema. */
export interface AnyOption {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly isRequired?: boolean;
  /** Whether it names places of a JSON answer: one, a list, or the names of a map. */
  readonly isPlace?: boolean;
}

/** `VALUE` is what the types say of it, no more and no less. */
export interface Option<VALUE> extends AnyOption {
  readonly [says]?: (value: VALUE) => VALUE;
}

export interface RequiredOption<VALUE> extends Option<VALUE> {
  readonly isRequired: true;
}

/** An option for each member of a type, required where the member is. */
export type OptionsOf<CONFIG> = {
  readonly [NAME in keyof CONFIG]-?: object extends Pick<CONFIG, NAME>
    ? Option<Exclude<CONFIG[NAME], undefined>> & { readonly isRequired?: false }
    : RequiredOption<CONFIG[NAME]>;
};

export function required<VALUE>(option: Option<VALUE>): RequiredOption<VALUE> {
  return { ...option, isRequired: true };
}

export function placed<OPTION extends AnyOption>(option: OPTION): OPTION {
  return { ...option, isPlace: true };
}

export function text<VALUE extends string = string>(description?: string): Optional<VALUE> {
  return { schema: described({ type: 'string' }, description) };
}

/** A text with something in it. */
export function someText(description?: string): Optional<string> {
  return { schema: described({ type: 'string', minLength: 1 }, description) };
}

/** Milliseconds, as far as a timer can wait. */
export function duration(description?: string): Optional<number> {
  return { schema: described({ type: 'number', exclusiveMinimum: 0, maximum: 2_147_483_647 }, description) };
}

export function number(description?: string): Optional<number> {
  return { schema: described({ type: 'number' }, description) };
}

export function flag(description?: string): Optional<boolean> {
  return { schema: described({ type: 'boolean' }, description) };
}

export function oneOf<const VALUE extends string | boolean>(
  values: readonly VALUE[],
  description?: string,
): Optional<VALUE> {
  return { schema: described({ enum: values }, description) };
}

export function listOf<VALUE>(item: Option<VALUE>, description?: string): Optional<readonly VALUE[]> {
  return { schema: described({ type: 'array', items: item.schema }, description) };
}

/** One, or a list of such. */
export function oneOrMore<VALUE>(item: Option<VALUE>, description?: string): Optional<VALUE | readonly VALUE[]> {
  return either(item, listOf(item), description);
}

export function mapOf<VALUE>(item: Option<VALUE>, description?: string): Optional<Readonly<Record<string, VALUE>>> {
  return { schema: described({ type: 'object', additionalProperties: item.schema }, description) };
}

export function either<ONE, OTHER>(
  one: Option<ONE>,
  other: Option<OTHER>,
  description?: string,
): Optional<ONE | OTHER> {
  return { schema: described({ anyOf: [one.schema, other.schema] }, description) };
}

/** An object with these members alone. */
export function members<VALUE extends object>(options: OptionsOf<VALUE>, description?: string): Optional<VALUE> {
  return { schema: described(objectSchema(options), description) };
}

export function anything<VALUE = unknown>(schema: object = {}, description?: string): Optional<VALUE> {
  return { schema: described(schema, description) };
}

export function objectSchema(options: Readonly<Record<string, AnyOption>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(options);
  const needed = entries.filter(([, { isRequired = false }]) => isRequired).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
    ...(needed.length === 0 ? {} : { required: needed }),
    additionalProperties: false,
  };
}

type Optional<VALUE> = Option<VALUE> & { readonly isRequired?: false };

function described(schema: object, description: string | undefined): Readonly<Record<string, unknown>> {
  return description === undefined ? { ...schema } : { ...schema, description };
}
