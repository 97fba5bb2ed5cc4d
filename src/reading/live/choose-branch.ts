import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ARRAY, OBJECT } from '../../incremental/text/json-type.ts';
import { parseJson } from '../../trace/parse-json.ts';
import { readOptions } from '../read-text.ts';
import { parseAt } from '../text/parse.ts';
import type { SourceMember, SourceValue } from '../text/source-value.ts';
import { readByAll } from '../values/read-values.ts';
import type { ReadOptions } from '../values/reading.ts';
import { schemasOfMember } from '../values/schemas-inside.ts';
import { alternativesOf, plain } from './live-schemas.ts';

/** The one alternative of a union that its first members leave for an object; `undefined` while there are several. */
export function branchFor(schema: SchemaNode, beginning: string, syntax: boolean): SchemaNode | undefined {
  const json = `${beginning}}`;
  const parsed = parseJson(json) === undefined ? 'broken' : parseAt(json, 0, { isJson: true });
  if (typeof parsed === 'string' || parsed.root.type !== 'object') return undefined;
  const { members } = parsed.root;
  const options = readOptions(beginning, { syntax });
  const left = alternativesOf(schema).filter((branch) => mayBe(branch, members, options));
  const [only] = left;
  return only !== undefined && left.length === 1 ? plain(only) : undefined;
}

/** Whether a branch may read an object that begins with these members; a list may hold it as its one item. */
function mayBe(branch: SchemaNode, members: readonly SourceMember[], options: ReadOptions): boolean {
  if ((branch.types & ARRAY) !== 0 || branch.combinators.length > 0) return true;
  if ((branch.types & OBJECT) === 0) return false;
  return members.every(({ name, node }) => {
    if (isNull(node) || branch.members?.names.includes(name) !== true) return true;
    return readByAll(node, schemasOfMember(branch, name), options) !== undefined;
  });
}

function isNull(node: SourceValue): boolean {
  return node.type === 'literal' && node.json === 'null';
}
