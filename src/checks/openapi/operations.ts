import type { IssuePath } from '../../trace/issue.ts';
import { targetOf } from './references.ts';

/** An operation of a document that its schema accepts. */
export interface Operation {
  readonly path: IssuePath;
  /** `/pets/{id}`; `undefined` for a webhook. */
  readonly template: string | undefined;
  readonly operationId: string | undefined;
  readonly security: Security | undefined;
  /** Its own and its path's; `undefined` where one stands in another document. */
  readonly parameters: readonly Parameter[] | undefined;
}

/** Scheme names, each with its scopes; one of the list is enough. */
export type Security = readonly Readonly<Record<string, unknown>>[];

export interface Parameter {
  readonly name?: string;
  readonly in?: string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

interface PathItem extends Readonly<Record<string, unknown>> {
  readonly $ref?: string;
  readonly parameters?: readonly object[];
  readonly additionalOperations?: Readonly<Record<string, unknown>>;
}

/** The operations of a document that its schema accepts, in its order. */
export function operationsOf(document: object): Operation[] {
  const { paths, webhooks } = document as Readonly<Record<string, Readonly<Record<string, PathItem>> | undefined>>;
  return [
    ...Object.entries(paths ?? {})
      .filter(([template]) => template.startsWith('/'))
      .flatMap(([template, item]) => operationsAt(document, item, { path: ['paths', template], template })),
    ...Object.entries(webhooks ?? {}).flatMap(([name, item]) =>
      operationsAt(document, item, { path: ['webhooks', name], template: undefined }),
    ),
  ];
}

function operationsAt(document: object, item: PathItem, place: Pick<Operation, 'path' | 'template'>): Operation[] {
  const { additionalOperations: additional = {}, parameters: shared = [] } = item;
  const described = [
    ...methods.filter((method) => Object.hasOwn(item, method)).map((method) => [method, item[method]] as const),
    ...Object.entries(additional).map(([method, operation]) => [`additionalOperations/${method}`, operation] as const),
  ];
  return described.map(([method, value]) => {
    const {
      operationId,
      security,
      parameters = [],
    } = value as Omit<Operation, 'parameters'> & { parameters?: readonly object[] };
    return {
      ...place,
      path: [...place.path, ...method.split('/')],
      operationId,
      security,
      parameters: resolved(document, [...shared, ...parameters]),
    };
  });
}

function resolved(document: object, parameters: readonly object[]): readonly Parameter[] | undefined {
  const found = parameters.map((parameter) => {
    const { $ref } = parameter as { $ref?: string };
    return $ref === undefined ? parameter : $ref.startsWith('#') ? targetOf($ref.slice(1), document) : undefined;
  });
  return found.every((parameter) => typeof parameter === 'object' && parameter !== null) ? found : undefined;
}
