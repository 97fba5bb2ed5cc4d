import type { Position } from '../../code/position.ts';
import type { ColumnUse, Scope } from '../facts.ts';
import { objectName, offsetOf, qualified, type Reader, type Tree } from './tree.ts';

export function visitFunction(node: Tree, scope: Scope, reader: Reader): void {
  const { facts } = reader;
  const offset = offsetOf(node.name, reader);
  facts.functions.push({ ...qualified(objectName(node.name)), isForeign: isForeign(node.name, reader), offset });
  if (node.uses_odbc_syntax === true) facts.unknown.push({ what: 'the braces', offset });
  const { name: _, uses_odbc_syntax: __, ...rest } = node;
  reader.visit(rest, scope);
}

/**
 * MySQL takes a quoted name, and some names with a space before the parenthesis, for those of stored functions.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/function-resolution.html
 */
function isForeign(name: unknown, { dialect, sql, toOffset }: Reader): boolean {
  const word = (name as readonly Tree[]).at(-1)?.Identifier as
    | { value: string; quote_style?: string; span: { end: Position } }
    | undefined;
  if (dialect !== 'mysql' || word === undefined) return false;
  if (word.quote_style != null) return true;
  return needParenthesis.has(word.value.toLowerCase()) && sql.charAt(toOffset(word.span.end)) !== '(';
}

const needParenthesis = new Set(
  `adddate bit_and bit_or bit_xor cast count curdate curtime date_add date_sub extract group_concat max mid min now position
   session_user std stddev stddev_pop stddev_samp subdate substr substring sum sysdate system_user trim var_pop var_samp
   variance`.split(/\s+/),
);

export function visitIdentifier(node: Tree, scope: Scope, reader: Reader): void {
  const { facts, dialect } = reader;
  const { value: word, quote_style: quote } = node;
  const bare = String(word);
  const offset = offsetOf(node, reader);
  if (quote == null && /^[@:$]/.test(bare) && dialect === 'mysql')
    facts.unknown.push({ what: `the variable ${bare}`, offset });
  else if (quote == null && /^(?:current|session|system|local)[_a-z]*$/i.test(bare))
    facts.functions.push({ name: bare, offset });
  else facts.columns.push({ name: bare, scope, mayBeOutput: false, offset });
}

export function visitCompoundIdentifier(value: readonly Tree[], scope: Scope, reader: Reader): void {
  const { facts } = reader;
  const parts = value.map((part) => String(part.value));
  const offset = offsetOf(value, reader);
  if (parts.some((part) => part.startsWith('@')))
    facts.unknown.push({ what: `the variable ${parts.join('.')}`, offset });
  facts.columns.push(namedColumn(parts, scope, offset));
}

export function visitQualifiedWildcard(value: readonly [Tree, Tree], scope: Scope, reader: Reader): void {
  const { facts } = reader;
  const [kind, additional] = value;
  const of = objectName(kind.ObjectName).at(-1);
  facts.columns.push({ of, name: '*', scope, mayBeOutput: false, offset: offsetOf(kind, reader) });
  reader.visit(additional, scope);
}

/** The use of a column by the parts of its name. */
export function namedColumn(names: readonly string[], scope: Scope, offset: number): ColumnUse {
  const [name = '', of] = names.toReversed();
  return { of, name, scope, mayBeOutput: false, offset };
}
