import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { FindCodeErrors } from './code-error.ts';

/** YAML 1.2, every document of a stream; a sentence alone is no YAML, though the grammar has it be a string. */
export async function yaml(parser?: ParserLoader): Promise<FindCodeErrors> {
  const { isScalar, parseAllDocuments } = await needPackage<typeof import('yaml')>('yaml', parser);
  return (code) => {
    const documents = [...parseAllDocuments(code, { prettyErrors: false, logLevel: 'silent' })];
    const errors = documents.flatMap((document) => document.errors);
    if (errors.length > 0) return errors.map(({ message, pos: [offset] }) => ({ message, offset }));
    const sentence = documents
      .map(({ contents }) => contents)
      .find((contents) => isScalar(contents) && contents.type === 'PLAIN' && /\S\s+\S/.test(String(contents.value)));
    return sentence == null
      ? []
      : [{ message: 'it is a sentence, not a mapping or a list', offset: sentence?.range?.[0] ?? 0 }];
  };
}
