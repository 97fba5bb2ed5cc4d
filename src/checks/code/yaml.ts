import { inTurns } from '../../effects/in-turns.ts';
import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import { offsetOf, yamlDocuments } from '../parsers/yaml-documents.ts';
import type { FindCodeErrors } from './code-error.ts';

/** YAML 1.2, every document of a stream; a sentence alone is no YAML, though the grammar has it be a string. */
export async function yaml(parser?: ParserLoader): Promise<FindCodeErrors> {
  const loaded = await needPackage<typeof import('yaml')>('yaml', parser);
  return async (code) => {
    const documents = await inTurns(yamlDocuments(loaded, code), { length: code.length });
    if ('message' in documents) return [documents];
    const sentence = documents
      .map(({ contents }) => contents)
      .find(
        (contents) => loaded.isScalar(contents) && contents.type === 'PLAIN' && /\S\s+\S/.test(String(contents.value)),
      );
    return sentence == null
      ? []
      : [{ message: 'it is a sentence, not a mapping or a list', offset: offsetOf(sentence.range) }];
  };
}
