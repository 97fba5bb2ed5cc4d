import type { FoundIssue } from '../check.ts';
import { loadSchema, type OpenApiSchemaLoader } from './load-schema.ts';
import { brokenReferences } from './references.ts';
import { brokenRules } from './rules.ts';
import { type OpenApiVersion, versionOf } from './versions.ts';

interface Wanted {
  readonly version: OpenApiVersion | undefined;
  readonly schema: OpenApiSchemaLoader | undefined;
}

/** What is wrong with a document, in the schema's words and in those of the rules that a schema cannot say. */
export async function judgeDocument(document: unknown, { version, schema }: Wanted): Promise<readonly FoundIssue[]> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return [{ message: 'Answer with an OpenAPI document: an object, in JSON or YAML.', kind: 'schema' }];
  }
  const found = versionOf(document, version);
  if (typeof found !== 'string') return [found];
  const compiled = await loadSchema(found, schema);
  const issues = compiled.issuesOf(document).map(({ message, path }) => ({ message, path, kind: 'schema' as const }));
  return [...issues, ...brokenReferences(document), ...(issues.length === 0 ? brokenRules(document) : [])];
}
