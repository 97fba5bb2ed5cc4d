import type { CodeError, FindCodeErrors } from './code-error.ts';
import { fencesOf } from './fences.ts';
import { positionAt } from './position.ts';

/**
 * Markdown: every fence is closed, and what stands in the fences of a known language is right by it.
 *
 * @param finderOf the parser of a fence's label, if the label names a language
 */
export function markdown(finderOf: (label: string) => Promise<FindCodeErrors> | undefined): FindCodeErrors {
  return async (text) => {
    const found: CodeError[] = [];
    for (const { label, code, start, isClosed } of fencesOf(text)) {
      if (!isClosed) found.push({ message: 'this fence is never closed', offset: start });
      const finding = finderOf(label);
      if (finding === undefined || code.trim() === '') continue;
      const [error] = await (await finding)(code);
      if (error === undefined) continue;
      const { line, column } = positionAt(code, error.offset);
      found.push({ message: `line ${line}, column ${column} of this ${label} block: ${error.message}`, offset: start });
    }
    return found;
  };
}
