import type { IssuePath } from '../../trace/issue.ts';
import { childOf, type DocumentNode, openDocument } from './document.ts';

/** How deep a partial value may nest. */
const deepest = 1000;

/**
 * The partial value of a JSON text that breaks off, and the order in which its parts were written; `undefined` if it has
 * not begun or nests too deep.
 */
export function partialJson(text: string): PartialJson | undefined {
  const start = text.search(/[{[]/);
  if (start === -1) return undefined;
  const document = openDocument({ deepest });
  document.push(text.slice(start));
  const root = document.root();
  if (root === undefined || document.open.length > deepest) return undefined;
  return {
    value: valueOfNode(root, new Set()),
    valueWithout: (paths) => valueOfNode(root, new Set(paths.map((path) => nodeAt(root, path)).filter(isOpen))),
    placeOf: (path) => placeIn(root, path),
    isOver: !root.isOpen,
    isLast: (path) => isLastIn(root, path),
    isCut: (path) => isOpen(nodeAt(root, path)),
  };
}

interface PartialJson {
  readonly value: unknown;
  /** The same, in which the values of these places are `undefined` if the text ends inside them. */
  valueWithout(paths: readonly IssuePath[]): unknown;
  /** The position of each path segment among its siblings; a missing one comes after all of them. */
  placeOf(path: IssuePath): readonly number[];
  /** Whether the value is closed. */
  readonly isOver: boolean;
  /** Whether nothing was written after a place. */
  isLast(path: IssuePath): boolean;
  /** Whether the text ends inside the value of a place. */
  isCut(path: IssuePath): boolean;
}

function nodeAt(root: DocumentNode, path: IssuePath): DocumentNode | undefined {
  return path.reduce<DocumentNode | undefined>((node, key) => node && childOf(node, key), root);
}

function isOpen(node: DocumentNode | undefined): boolean {
  return node?.isOpen === true;
}

function placeIn(root: DocumentNode, path: IssuePath): readonly number[] {
  const place: number[] = [];
  let node: DocumentNode | undefined = root;
  for (const key of path) {
    const child: DocumentNode | undefined = node && childOf(node, key);
    place.push(child === undefined ? Number.POSITIVE_INFINITY : (node?.children.indexOf(child) ?? 0));
    node = child;
  }
  return place;
}

function isLastIn(root: DocumentNode, path: IssuePath): boolean {
  let node = root;
  for (const key of path) {
    const child = childOf(node, key);
    if (child === undefined) return true;
    if (child !== node.children.at(-1)) return false;
    node = child;
  }
  return true;
}

function valueOfNode(root: DocumentNode, cut: ReadonlySet<DocumentNode | undefined>): unknown {
  if (cut.has(root)) return undefined;
  switch (root.type) {
    case 'object':
      return Object.fromEntries(root.children.map((child) => [child.key, valueOfNode(child, cut)]));
    case 'array':
      return root.children.map((child) => valueOfNode(child, cut));
    case 'string':
      return root.text;
    case 'number':
      return Number(root.text);
    case 'literal':
      return JSON.parse(root.text);
  }
}
