import type { Document } from 'yaml';
import { inTurns, type Steps } from '../../effects/in-turns.ts';
import type { IncrementalValidator } from '../../incremental/index.ts';
import type { FoundIssue } from '../check.ts';
import { correction } from '../code/correction.ts';
import { fencesOf } from '../code/fences.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import { yamlDocuments } from '../parsers/yaml-documents.ts';

export type ReadDocument =
  | { readonly type: 'document'; readonly document: unknown }
  | { readonly type: 'unreadable'; readonly issues: readonly FoundIssue[] };

/** The fence that has the document, the one with a version first, or the whole text. */
export function documentIn(text: string): string {
  const fences = fencesOf(text).filter(({ label }) => ['', 'yaml', 'yml', 'json', 'openapi'].includes(label));
  const found = fences.find(({ code }) => /openapi|swagger/.test(code)) ?? fences[0];
  return found?.code ?? text;
}

/** The value of a JSON or a YAML text; a name that stands twice in one object is a mistake in both. */
export async function readDocument(text: string, yaml?: ParserLoader): Promise<ReadDocument> {
  if (!/^\s*(?:\{\s*["}]|\[)/.test(text)) return await readYaml(text, yaml);
  const { incrementalValidator } = await import('../../incremental/index.ts');
  return await inTurns(readJson(text, incrementalValidator({})), { length: text.length });
}

/** No document has as many. */
const mostLevels = 1_000;
const pieceLength = 16_384;

function* readJson(text: string, { start }: IncrementalValidator): Steps<ReadDocument> {
  yield* refuseLevels(text);
  const reading = start();
  for (let offset = 0; offset < text.length; offset += pieceLength) {
    reading.push(text.slice(offset, offset + pieceLength));
    yield;
  }
  const { valid, issues } = reading.end();
  return valid ? { type: 'document', document: JSON.parse(text) } : { type: 'unreadable', issues };
}

function* refuseLevels(json: string): Steps<void> {
  let level = 0;
  for (const { 0: bracket, index } of json.matchAll(/"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)|[[\]{}]/g)) {
    if (bracket === '{' || bracket === '[') level += 1;
    else if (bracket === '}' || bracket === ']') level -= 1;
    if (level > mostLevels) throw new RangeError('nested too deeply');
    if (index % 64 === 0) yield;
  }
}

async function readYaml(text: string, parser: ParserLoader | undefined): Promise<ReadDocument> {
  const yaml = await needPackage<typeof import('yaml')>('yaml', parser);
  const documents = await inTurns(yamlDocuments(yaml, text), { length: text.length });
  if ('message' in documents) return wrong(correction(documents, text, 'YAML'));
  const [document] = documents;
  if (document === undefined) return { type: 'document', document: null };
  try {
    if (takesLong(document, yaml)) throw new Error('too many aliases');
    // As JSON it has no cycles and no part that stands in two places.
    return { type: 'document', document: JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }))) };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return wrong('Write the YAML without anchors and aliases; they lead in circles or to too much.');
  }
}

/** The package looks for the anchor of each alias among all that stand before it. */
function takesLong(document: Document, { visit }: typeof import('yaml')): boolean {
  let aliases = 0;
  let anchors = 0;
  visit(document, {
    Alias: () => {
      aliases += 1;
    },
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors += 1;
    },
  });
  return aliases * (aliases + anchors) > 5_000_000;
}

function wrong(message: string): ReadDocument {
  return { type: 'unreadable', issues: [{ message, kind: 'syntax' }] };
}
