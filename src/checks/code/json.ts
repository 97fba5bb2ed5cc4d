import { Tokenizer } from '../../incremental/text/tokenizer.ts';
import type { FindCodeErrors } from './code-error.ts';

export interface JsonForm {
  /** Whether comments and a comma after the last item are right, as in `tsconfig.json`. @default false */
  readonly hasComments?: boolean;
}

/**
 * JSON (RFC 8259), by the package's own tokenizer, or JSON with comments.
 *
 * @see https://jsonc.org
 */
export function json({ hasComments = false }: JsonForm = {}): FindCodeErrors {
  return (code) => {
    const tokenizer = new Tokenizer();
    tokenizer.push(hasComments ? plainJson(code) : code);
    for (let token = tokenizer.next(); token !== 'end'; token = tokenizer.next()) {
      if (token === 'more') tokenizer.finish();
      if (token !== 'error') continue;
      const offset = tokenizer.end;
      const isComment =
        /^\/[/*]/.test(code.slice(offset - 1, offset + 1)) || /^\/[/*]/.test(code.slice(offset, offset + 2));
      return [{ message: isComment ? 'JSON has no comments' : tokenizer.problem, offset }];
    }
    return [];
  };
}

/** What stands between strings is blanked out where it is a comment, or a comma before the end of an object or an array. */
function plainJson(code: string): string {
  const withoutComments = code.replace(/"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (text) =>
    /^\/\/|^\/[\s\S]*\*\/$/.test(text) ? text.replace(/[^\n]/g, ' ') : text,
  );
  return withoutComments.replace(/"(?:\\.|[^"\\\n])*"|(?<=[\w"\]}]\s*),(?=\s*[}\]])/g, (text) =>
    text === ',' ? ' ' : text,
  );
}
