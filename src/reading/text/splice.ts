import type { IssuePath } from '../../trace/issue.ts';
import { parseJson } from '../../trace/parse-json.ts';
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
  const added = new Map<SourceValue, number>();
  const edits = changes.flatMap((change) => editOf(root, change, added) ?? []);
  return edited(text, { start: 0, end: text.length }, inOrder(edits));
}

/** Whether nothing stands at a path of the text yet, and `spliced` can put something there. */
export function freePlaces(text: string): (path: IssuePath) => boolean {
  const root = rootOf(text);
  return (path) =>
    root !== undefined && nodeAt(root, path) === undefined && editOf(root, { path, json: '' }, new Map()) !== undefined;
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

/** `added` counts what earlier changes add to each object and list. */
function editOf(root: SourceValue, { path, json }: Change, added: Map<SourceValue, number>): TextEdit | undefined {
  const present = nodeAt(root, path);
  if (present !== undefined) return edit(present.start, present.end, json);
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (parent?.type === 'object' && typeof key === 'string') {
    return addition(parent, parent.members.at(-1)?.node, `${JSON.stringify(key)}:${json}`);
  }
  if (parent?.type === 'array' && key === parent.items.length + (added.get(parent) ?? 0)) {
    return addition(parent, parent.items.at(-1), json);
  }
  return undefined;

  function addition(container: SourceValue, last: SourceValue | undefined, text: string): TextEdit {
    const before = added.get(container) ?? 0;
    added.set(container, before + 1);
    const place = last?.end ?? container.start + 1;
    return edit(place, place, last === undefined && before === 0 ? text : `,${text}`);
  }
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
