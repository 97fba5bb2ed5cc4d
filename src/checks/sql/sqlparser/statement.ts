import { innerScope, newFacts, type Scope, type StatementFacts } from '../facts.ts';
import { isEmpty, isHarmless, plainNames } from './harmless.ts';
import { visitJsonTable } from './json-table.ts';
import {
  namedColumn,
  visitCompoundIdentifier,
  visitFunction,
  visitIdentifier,
  visitQualifiedWildcard,
} from './names.ts';
import { visitQuery, visitSelect } from './query.ts';
import { visitDerived, visitJoined, visitTable } from './tables.ts';
import { isStatementTag, objectName, offsetOf, type Reader, type Source, statementTypes, type Tree } from './tree.ts';
import { visitWrite } from './write.ts';

/** What a statement does; of those that are not known only the name. */
export function readStatement(statement: Tree, source: Source): StatementFacts {
  const [tag = ''] = typeof statement === 'string' ? [statement] : Object.keys(statement);
  const facts = newFacts(isStatementTag(tag) ? statementTypes[tag] : wordsOf(tag).toLowerCase());
  const reader: Reader = { ...source, facts, visit: (part, scope) => visit(part, scope, reader) };
  if (isStatementTag(tag)) visitNamed(tag, statement[tag], innerScope(), reader);
  return facts;
}

function visit(part: unknown, scope: Scope, reader: Reader): void {
  if (Array.isArray(part)) {
    for (const item of part) visit(item, scope, reader);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  if ('relation' in part && 'joins' in part) {
    visitJoined(part, scope, reader);
    return;
  }
  for (const [name, value] of Object.entries(part)) {
    if (isEmpty(value) || name.endsWith('token')) continue;
    if (value === 'Natural') reader.facts.columns.push({ name: '*', scope, mayBeOutput: false, offset: 0 });
    if (plainNames.has(name)) visitNamed(name, value, scope, reader);
    else if (!isHarmless(name, value))
      reader.facts.unknown.push({ what: wordsOf(name), offset: offsetOf(part, reader) });
  }
}

function wordsOf(name: string): string {
  if (name === 'locks') return 'FOR UPDATE or FOR SHARE';
  if (name === 'select_modifiers') return 'SQL_CALC_FOUND_ROWS';
  return name
    .replaceAll('_', ' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}

function visitNamed(name: string, value: unknown, scope: Scope, reader: Reader): void {
  const { facts } = reader;
  const node = value as Tree;
  switch (name) {
    case 'span':
    case 'data_type':
    case 'charset':
    case 'collation':
    case 'Using': // read with its join
      return;
    case 'Query':
      visitQuery(node, scope, reader);
      return;
    case 'Subquery':
    case 'subquery':
    case 'InSubquery':
      // What it gives is no output of the SELECT it stands in.
      if (node.body !== undefined) visitQuery(node, innerScope(scope), reader);
      else visit(node, scope, reader);
      return;
    case 'Select':
      visitSelect(node, scope, reader);
      return;
    case 'Insert':
    case 'Update':
    case 'Delete':
      visitWrite(name, node, scope, reader);
      return;
    case 'Table':
      visitTable(node, scope, reader);
      return;
    case 'JsonTable':
      visitJsonTable(node, scope, reader);
      return;
    case 'Derived':
      visitDerived(node, scope, reader);
      return;
    case 'Function':
      visitFunction(node, scope, reader);
      return;
    case 'Identifier':
      visitIdentifier(node, scope, reader);
      return;
    case 'CompoundIdentifier':
      visitCompoundIdentifier(value as readonly Tree[], scope, reader);
      return;
    case 'Wildcard':
      facts.columns.push({ name: '*', scope, mayBeOutput: false, offset: offsetOf(value, reader) });
      return;
    case 'QualifiedWildcard':
      visitQualifiedWildcard(value as readonly [Tree, Tree], scope, reader);
      return;
    case 'columns':
      // Of MATCH … AGAINST.
      for (const column of value as readonly unknown[])
        facts.columns.push(namedColumn(objectName(column), scope, offsetOf(column, reader)));
      return;
    default:
      visit(value, scope, reader);
  }
}
