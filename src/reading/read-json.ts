import { atOnce, type Steps } from '../effects/in-turns.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { prototypeIn } from '../incremental/prototype-member.ts';
import { compileInSteps } from '../incremental/schema/compiled-schema.ts';
import { refuseOtherThanText } from '../incremental/text/refuse-other-than-text.ts';
import { parseJson } from '../trace/parse-json.ts';
import { longestText } from './limits.ts';
import { readText } from './read-text.ts';
import { isOutOfReach } from './values/out-of-reach.ts';
import type { ReadJson } from './values/reading.ts';
import { isSameValue } from './values/same-value.ts';

export type { ReadJson } from './values/reading.ts';

/** What may be changed. */
export interface ReadJsonOptions {
  /** Whether text that is not JSON is read. @default true */
  readonly syntax?: boolean;
  /** Whether values are read by the schema. @default true */
  readonly values?: boolean;
  /**
   * Whether members that the schema forbids are issues (`judge`) or allowed, like validators that strip them. A wrapped
   * model reads with `allow`.
   * @default 'judge'
   */
  readonly additionalMembers?: 'judge' | 'allow';
}

/**
 * Reads the JSON value of a text, by a schema. Every value that is read stands in the text: none is completed, added or
 * guessed. A text that fits is returned unchanged. If a text has no reading, or more than one, the result is `undefined`.
 *
 * @param schema JSON Schema; of a schema of zod, give `z.toJSONSchema(schema, { io: 'input' })`. `format`, and keywords with
 * values that JSON Schema does not know, are ignored.
 * @throws InvalidArgumentError if the text is no string, an option is unknown or has another value, or the schema is neither
 * an object nor a boolean, no plain JSON, or another library's.
 * @example
 * readJson("{'total': '12.50'}", { type: 'object', properties: { total: { type: 'number' } } });
 * // { value: { total: 12.5 }, text: '{"total": 12.50}', fixes: [{ path: [], rule: 'quotes', … }, …] }
 */
export function readJson(text: string, schema: unknown = true, options: ReadJsonOptions = {}): ReadJson | undefined {
  refuseOtherThanText(text);
  refuseBadOptions('readJson', options, { syntax: 'boolean', values: 'boolean', additionalMembers: true });
  return atOnce(readInSteps(text, schema, options));
}

export interface ReadInStepsOptions extends ReadJsonOptions {
  /** The schema that names what the text may have more of, if it is another one than judges the value. */
  readonly naming?: unknown;
  /** What the text says as JSON, where it is known: no value, if it is none. It is not changed. */
  readonly parsed?: { readonly strict: { readonly value: unknown } | undefined } | undefined;
}

/** The same, in steps of which each takes some tens of milliseconds on a megabyte at most. */
export function* readInSteps(
  text: string,
  schema: unknown,
  { syntax = true, values = true, additionalMembers = 'judge', naming, parsed }: ReadInStepsOptions,
): Steps<ReadJson | undefined> {
  const { root, isValid } = yield* compileInSteps(schema, { additionalMembers });
  const names = naming === undefined ? root : (yield* compileInSteps(naming, { additionalMembers })).root;
  const { strict } = parsed ?? { strict: parseJson(text) };
  yield;
  if (strict !== undefined && isValid(strict.value)) return { value: strict.value, text, fixes: [] };
  if (text.length > longestText || (strict !== undefined && !values)) return undefined;
  if (strict === undefined ? !syntax : isOutOfReach(strict.value, root)) return undefined;
  yield;
  const read = yield* readText(text, root, { syntax, values, nesting: 0, strict, names });
  yield;
  if (read === undefined || !isValid(read.value)) return undefined;
  yield;
  // The edited text says what was read, if no edit got in another one's way. What was read does not nest deep.
  const said = parseJson(read.text);
  yield;
  if (said === undefined || !isSameValue(said.value, read.value)) return undefined;
  yield;
  return prototypeIn(read.value) === undefined ? read : undefined;
}
