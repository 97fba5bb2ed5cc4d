import { cut } from '../../feedback/excerpt.ts';
import type { CodeError } from './code-error.ts';
import { excerptAt, positionAt } from './position.ts';

/** A parser may quote all it could not read. */
const longestMessage = 300;

/** What the model is to correct, and where. */
export function correction({ message, offset }: CodeError, code: string, title: string, where = ''): string {
  const { line, column } = positionAt(code, offset);
  const excerpt = excerptAt(code, offset);
  const near = excerpt === '' ? '' : `, near \`${excerpt}\``;
  return `Correct the ${title} at line ${line}, column ${column}${where}${near}: ${cut(message, longestMessage).replace(/\.$/, '')}.`;
}
