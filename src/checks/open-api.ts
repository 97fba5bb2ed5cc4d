import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { Check, FoundIssue } from './check.ts';
import { configuredBy } from './configured.ts';
import type { OpenApiSchemaLoader } from './openapi/load-schema.ts';
import { type OpenApiVersion, refuseUnknownVersion } from './openapi/versions.ts';
import type { ParserLoader } from './parsers/need-package.ts';
import { eachParsed } from './places/each-parsed.ts';
import type { Place } from './places/place.ts';

export type { OpenApiSchemaLoader } from './openapi/load-schema.ts';
export type { OpenApiVersion } from './openapi/versions.ts';

/** The version of OpenAPI, and where the answer has the document. */
export interface OpenApiOptions {
  /** The version that the document must have: `3.1`, or `3.1.1`. @default any of 2.0, 3.0, 3.1 and 3.2 */
  readonly version?: OpenApiVersion;
  /** The place of the document in a JSON answer, as an object or as a text. @default the whole text, or its fence */
  readonly path?: Place;
  /** The check's name; unique on a model. @default 'openApi' */
  readonly name?: string;
  /** Loads a version's schema, if your bundler must see the import. */
  readonly schema?: OpenApiSchemaLoader;
  /** Loads the YAML parser, if your bundler must see the import: `() => import('yaml')`. */
  readonly yaml?: ParserLoader;
}

/** The longest text that is read, in UTF-16 units. */
const longestText = 1_000_000;

const mostIssues = 50;

/**
 * The answer is an OpenAPI document, in JSON or YAML. It fits its version's schema, its references lead somewhere, its
 * path parameters are declared, its operation ids are unique, and its security schemes are defined. The paths of issues
 * are places in the document.
 *
 * @throws InvalidArgumentError for an unknown version.
 * @example openApi({ version: '3.1' })
 */
export function openApi(options: OpenApiOptions = {}): Check {
  refuseBadOptions('openApi', options, { version: true, path: 'string', name: 'string', schema: true, yaml: true });
  const { version, path: place, name = 'openApi', schema, yaml } = options;
  if (version !== undefined) refuseUnknownVersion(version);
  const judge = async (given: unknown, path: IssuePath): Promise<FoundIssue[]> => {
    // What reads and judges a document loads when there is one.
    const [{ judgeDocument }, { documentIn, readDocument }] = await Promise.all([
      import('./openapi/judge-document.ts'),
      import('./openapi/read-document.ts'),
    ]);
    if (typeof given !== 'string') return within(path, await judgeDocument(given, { version, schema }));
    if (given.length > longestText) return [{ message: `Shorten the document to ${longestText} characters.`, path }];
    const text = documentIn(given);
    if (text.trim() === '')
      return [{ message: 'Answer with an OpenAPI document: there is none.', path, kind: 'empty' }];
    const read = await readDocument(text, yaml);
    const issues = read.type === 'document' ? await judgeDocument(read.document, { version, schema }) : read.issues;
    return place === undefined ? [...issues] : inString(path, issues);
  };
  return configuredBy([version, place, 'OpenAPI', 'openapi', 'swagger'], {
    name,
    ...eachParsed(place, async (given, path) => {
      try {
        return (await judge(given, path)).slice(0, mostIssues);
      } catch (error) {
        if (error instanceof RangeError) return [{ message: 'Nest the document less deeply.', path, kind: 'syntax' }];
        throw error;
      }
    }),
  });
}

function within(base: IssuePath, issues: readonly FoundIssue[]): FoundIssue[] {
  return issues.map((issue) => ({ ...issue, path: [...base, ...(issue.path ?? [])] }));
}

/** A text has no places that the answer's own could lead to; the messages name those in it. */
function inString(path: IssuePath, issues: readonly FoundIssue[]): FoundIssue[] {
  return issues.map((issue) => ({ ...issue, path }));
}
