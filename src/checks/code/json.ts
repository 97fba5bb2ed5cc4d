import { Tokenizer } from '../../incremental/text/tokenizer.ts';
import type { FindCodeErrors } from './code-error.ts';

/** JSON (RFC 8259), by the package's own tokenizer. */
export function json(): FindCodeErrors {
  return (code) => {
    const tokenizer = new Tokenizer();
    tokenizer.push(code);
    for (let token = tokenizer.next(); token !== 'end'; token = tokenizer.next()) {
      if (token === 'more') tokenizer.finish();
      if (token === 'error') return [{ message: tokenizer.problem, offset: tokenizer.end }];
    }
    return [];
  };
}
