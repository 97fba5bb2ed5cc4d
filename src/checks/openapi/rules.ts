import type { FoundIssue } from '../check.ts';
import { type Operation, operationsOf, type Security } from './operations.ts';

/**
 * What the specification asks for and no schema can say, of a document that its schema accepts: path parameters are
 * declared, operation ids unique, security schemes defined.
 */
export function brokenRules(document: object): FoundIssue[] {
  const operations = operationsOf(document);
  return [...operations.flatMap(pathParameters), ...repeatedIds(operations), ...unknownSchemes(document, operations)];
}

function pathParameters({ template, parameters, path }: Operation): FoundIssue[] {
  if (template === undefined || parameters === undefined) return [];
  const wanted = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name = '' }) => name);
  return [
    ...wanted
      .filter((name) => !declared.includes(name))
      .map((name) => `Declare the parameter ${name} with \`in: path\`; the path has {${name}}.`),
    ...declared
      .filter((name) => !wanted.includes(name))
      .map((name) => `Put {${name}} into the path, or leave out the path parameter ${name}.`),
  ].map((message) => ({ message, path }));
}

function repeatedIds(operations: readonly Operation[]): FoundIssue[] {
  const seen = new Set<string>();
  return operations.flatMap(({ operationId, path }) => {
    if (operationId === undefined) return [];
    if (!seen.has(operationId)) {
      seen.add(operationId);
      return [];
    }
    const message = `Give the operation an operationId of its own; "${operationId}" is already used above.`;
    return [{ message, path: [...path, 'operationId'] }];
  });
}

function unknownSchemes(document: object, operations: readonly Operation[]): FoundIssue[] {
  const { components, securityDefinitions, security } = document as {
    readonly components?: { readonly securitySchemes?: object };
    readonly securityDefinitions?: object;
    readonly security?: Security;
  };
  const known = Object.keys(components?.securitySchemes ?? securityDefinitions ?? {});
  return [{ security, path: [] }, ...operations].flatMap(({ security: uses = [], path }) =>
    uses.flatMap((use, index) =>
      Object.keys(use)
        // A name may be a URI from 3.2 on.
        .filter((name) => !known.includes(name) && !/[/#]/.test(name))
        .map((name) => ({
          message: `Define the security scheme ${name}, or use ${known.length === 0 ? 'none' : known.join(', ')}.`,
          path: [...path, 'security', index, name],
        })),
    ),
  );
}
