import type { IssuePath } from '../trace/issue.ts';
import { parseJson } from '../trace/parse-json.ts';
import { edited, inOrder, type TextEdit } from './edit.ts';
import { parseAt } from './parse.ts';
import type { SourceValue } from './source-value.ts';
import { skipSpace } from './trivia.ts';

/** JSON text that is to stand at a path of a document. */
export interface Change {
  readonly path: IssuePath;
  readonly json: string;
}

/**
 * Puts values into a JSON text, in the place of what stands there or as a new last member or item; every other character
 * stays as it was. A path that leads nowhere changes nothing.
 */
export function spliced(text: string, changes: readonly Change[]): string {
  const root = rootOf(text);
  if (root === undefined) return text;
  const edits = changes.flatMap((change) => editOf(root, change) ?? []);
  return edited(text, { start: 0, end: text.length }, inOrder(edits));
}

/** The JSON texts of an object's members, as the text writes them. */
export function memberTexts(text: string): ReadonlyMap<string, string> {
  const root = rootOf(text);
  if (root?.type !== 'object') return new Map();
  return new Map(root.members.map(({ name, node }) => [name, text.slice(node.start, node.end)]));
}

/** The value a text begins with. */
export function rootOf(text: string): SourceValue | undefined {
  const parsed = parseAt(text, skipSpace(text, 0), { isJson: parseJson(text) !== undefined });
  return typeof parsed === 'object' ? parsed.root : undefined;
}

function editOf(root: SourceValue, { path, json }: Change): TextEdit | undefined {
  const present = nodeAt(root, path);
  if (present !== undefined) return edit(present.start, present.end, json);
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (parent?.type === 'object' && typeof key === 'string') {
    const last = parent.members.at(-1);
    return addition(parent, last?.node, `${JSON.stringify(key)}:${json}`);
  }
  if (parent?.type === 'array' && key === parent.items.length) return addition(parent, parent.items.at(-1), json);
  return undefined;
}

function addition(parent: SourceValue, last: SourceValue | undefined, json: string): TextEdit {
  return last === undefined ? edit(parent.start + 1, parent.start + 1, json) : edit(last.end, last.end, `,${json}`);
}

function edit(start: number, end: number, text: string): TextEdit {
  return { start, end, text };
}

function nodeAt(root: SourceValue, path: IssuePath): SourceValue | undefined {
  let node: SourceValue | undefined = root;
  for (const key of path) {
    if (node?.type === 'object') node = node.members.find(({ name }) => name === key)?.node;
    else if (node?.type === 'array') node = typeof key === 'number' ? node.items[key] : undefined;
    else return undefined;
  }
  return node;
}
