import type { FoundIssue } from '../check.ts';
import { correction } from '../code/correction.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import { yamlDocuments } from '../parsers/yaml-documents.ts';

export type ReadDocument =
  | { readonly type: 'document'; readonly document: unknown }
  | { readonly type: 'unreadable'; readonly issues: readonly FoundIssue[] };

/** The value of a JSON or a YAML text; a name that stands twice in one object is a mistake in both. */
export async function readDocument(text: string, yaml?: ParserLoader): Promise<ReadDocument> {
  return /^\s*(?:\{\s*["}]|\[)/.test(text) ? await readJson(text) : await readYaml(text, yaml);
}

async function readJson(text: string): Promise<ReadDocument> {
  const { incrementalValidator } = await import('../../incremental/index.ts');
  const reading = incrementalValidator({}).start();
  reading.push(text);
  const { valid, issues } = reading.end();
  return valid ? { type: 'document', document: JSON.parse(text) } : { type: 'unreadable', issues };
}

async function readYaml(text: string, parser: ParserLoader | undefined): Promise<ReadDocument> {
  const documents = yamlDocuments(await needPackage<typeof import('yaml')>('yaml', parser), text);
  if ('message' in documents) return wrong(correction(documents, text, 'YAML'));
  try {
    // As JSON it has no cycles and no part that stands in two places.
    return {
      type: 'document',
      document: JSON.parse(JSON.stringify(documents[0]?.toJS({ maxAliasCount: 100 })) ?? 'null'),
    };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return wrong('Write the YAML without anchors and aliases; they lead in circles or to too much.');
  }
}

function wrong(message: string): ReadDocument {
  return { type: 'unreadable', issues: [{ message, kind: 'syntax' }] };
}
