import type { JsonObject } from '../../../examples/practice-server/json.ts';

/** What a provider demands of a request, and where it says so. */
export interface Rule {
  /** The provider's own words, as its error gives them. */
  readonly says: string;
  /** Where the rule is published: a page of the provider, or a report that quotes its error. */
  readonly source: string;
  /** The places of a request that break the rule. */
  broken(request: RuledRequest): readonly string[];
}

export interface RuledRequest {
  readonly body: JsonObject;
  /** Where it was sent to: some providers name the model there. */
  readonly path: string;
  /** Ids and signatures the server has given out. */
  readonly issued: ReadonlySet<string>;
  /** The answers the server has given, in the provider's format, as far as it wrote them itself. */
  readonly answers: readonly JsonObject[];
}

/** Names a rule by what holds; `broken` gives the places where it does not. */
export function rule(says: string, source: string, broken: Rule['broken']): Rule {
  return { says, source, broken };
}

/** The indices of those that break a rule, as places. */
export function placesOf<ITEM>(
  items: readonly ITEM[],
  isBroken: (item: ITEM, index: number) => boolean,
  name = 'messages',
): string[] {
  return items.flatMap((item, index) => (isBroken(item, index) ? [`${name}.${index}`] : []));
}

/** The values that are there more than once. */
export function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** JSON text is Unicode: half a surrogate pair has no UTF-8 form (RFC 8259, section 8.1). */
export const wellFormedText = rule(
  'The request body is not valid JSON: no low surrogate in string',
  'https://github.com/anthropics/claude-code/issues/60394',
  ({ body }) => (/[^\\](?:\\\\)*\\ud[89a-f]/i.test(JSON.stringify(body)) ? ['body'] : []),
);
