import { innerScope, newFacts, type Scope, type StatementFacts } from '../facts.ts';
import { columnOf, visitSorted } from './columns.ts';
import { plainFields, plainNodes, timeValues } from './harmless.ts';
import { visitJsonTable } from './json-table.ts';
import { readOperator, readType } from './operators-and-types.ts';
import { visitSelect } from './select.ts';
import { visitJoin, visitSampled, visitSubquery, visitTable, visitTableFunction } from './tables.ts';
import {
  isStatementTag,
  listOf,
  namesOf,
  offsetOf,
  qualified,
  type Reader,
  type Spot,
  statementTypes,
  type Tree,
} from './tree.ts';
import { visitWrite } from './write.ts';

/** What a statement does; of those that are not known only the name. */
export function readStatement(statement: Tree, toOffset: Reader['toOffset']): StatementFacts {
  const [tag = ''] = Object.keys(statement);
  const facts = newFacts(isStatementTag(tag) ? statementTypes[tag] : wordsOf(tag));
  const reader: Reader = { facts, toOffset, visit: (part, scope, offset) => visit(part, scope, reader, offset) };
  if (isStatementTag(tag)) visit(statement, innerScope(), reader);
  return facts;
}

/** Reads any part of the tree: what is known gets a meaning, what is not is told. */
function visit(part: unknown, scope: Scope, reader: Reader, offset = 0): void {
  if (Array.isArray(part)) {
    for (const item of part) visit(item, scope, reader, offset);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  // Read name by name: a list of pairs for each of the many small objects takes most of the time.
  for (const name in part) {
    const value: unknown = (part as Tree)[name];
    const isNode = name.charCodeAt(0) <= lastCapital;
    if (!(isNode ? plainNodes : plainFields).has(name)) {
      reader.facts.unknown.push({ what: wordsOf(name), offset: isNode ? offsetOf(value, reader, offset) : offset });
    } else if (typeof value === 'object' && value !== null) {
      const at = isNode ? offsetOf(value, reader, offset) : offset;
      if (isNode && !Array.isArray(value)) visitNode(name, value as Tree, scope, { reader, offset: at });
      else visit(value, scope, reader, at);
    }
  }
}

const lastCapital = 'Z'.charCodeAt(0);

function wordsOf(name: string): string {
  if (name === 'intoClause') return 'INTO';
  if (name === 'lockingClause') return 'FOR UPDATE or FOR SHARE';
  return name
    .replace(/(?:Clause|Expr|Stmt)$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}

function visitNode(name: string, node: Tree, scope: Scope, { reader, offset }: Spot): void {
  const { facts } = reader;
  switch (name) {
    case 'SelectStmt':
      visitSelect(node, scope, reader);
      return;
    case 'InsertStmt':
    case 'UpdateStmt':
    case 'DeleteStmt':
      visitWrite(name, node, scope, { reader, offset });
      return;
    case 'RangeVar':
      visitTable(node, scope, { reader, offset });
      return;
    case 'RangeSubselect':
      visitSubquery(node, scope, reader);
      return;
    case 'RangeFunction':
      visitTableFunction(node, scope, { reader, offset });
      return;
    case 'JsonTable':
      visitJsonTable(node, scope, { reader, offset });
      return;
    case 'JoinExpr':
      visitJoin(node, scope, { reader, offset });
      return;
    case 'SubLink':
      // What it gives is no output of the SELECT it stands in.
      visit(node, innerScope(scope), reader, offset);
      return;
    case 'FuncCall': {
      const [schema, called] = qualified(namesOf(node.funcname));
      facts.functions.push({ schema: schema === 'pg_catalog' ? undefined : schema, name: called, offset });
      break;
    }
    case 'SQLValueFunction': {
      const value = String(node.op);
      if (!timeValues.has(value)) facts.functions.push({ name: value.replace('SVFOP_', '').toLowerCase(), offset });
      return;
    }
    case 'ColumnRef':
      facts.columns.push(columnOf(node, scope, offset));
      return;
    case 'A_Indirection':
      if (listOf(node.indirection).some((step) => !('A_Indices' in step))) {
        facts.unknown.push({ what: 'the field of a composite value', offset });
      }
      break;
    case 'A_Expr':
      readOperator(namesOf(node.name), { reader, offset });
      break;
    case 'RangeTableSample':
      visitSampled(node, scope, { reader, offset });
      return;
    case 'TypeCast':
      readType(node.typeName as Tree, { reader, offset });
      visit(node.arg, scope, reader, offset);
      return;
    case 'ColumnDef':
      readType(node.typeName as Tree, { reader, offset });
      return;
    case 'SortBy':
      readOperator(namesOf(node.useOp), { reader, offset });
      visitSorted(node.node, scope, { reader, offset });
      return;
    default:
  }
  visit(node, scope, reader, offset);
}
