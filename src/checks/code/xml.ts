import { needPackage, type ParserLoader } from '../parsers/need-package.ts';
import type { FindCodeErrors } from './code-error.ts';

/** Well-formed XML 1.0; no DTD is read and no entity but the five is known. */
export async function xml(parser?: ParserLoader): Promise<FindCodeErrors> {
  const { parseXml, XmlError } = await needPackage<typeof import('@rgrove/parse-xml')>('@rgrove/parse-xml', parser);
  return (code) => {
    try {
      parseXml(code.trim(), { ignoreUndefinedEntities: /<!DOCTYPE[^>]*\[/.test(code) });
      return [];
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      const [message = ''] = error.message.split(' (line ');
      return [{ message, offset: error.pos + code.length - code.trimStart().length }];
    }
  };
}
