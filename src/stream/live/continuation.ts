import { childOf, type DocumentNode, type OpenDocument, openDocument } from './document.ts';

/**
 * Continues a released document from a new answer that agrees with it: open strings are finished, members and elements
 * that were not released are added in the new answer's order, containers are closed when the new answer's are.
 */
export function continuationOf(released: OpenDocument) {
  const answer = openDocument();
  /** The open values that the answer has reached, the root first, each with what it is in the answer. */
  const path: { readonly node: DocumentNode; readonly counterpart: DocumentNode }[] = [];
  /** How many members of the answer were visited, by released object. */
  const cursors = new Map<DocumentNode, number>();

  function counterpartOfTop(): DocumentNode | undefined {
    const { open } = released;
    while (path.length > 0 && path.at(-1)?.node !== open[path.length - 1]) path.pop();
    for (let node = open[path.length]; node !== undefined; node = open[path.length]) {
      const above = path.at(-1);
      const counterpart = above === undefined ? answer.root() : childOf(above.counterpart, node.key);
      if (counterpart === undefined) return undefined;
      path.push({ node, counterpart });
    }
    return path.at(-1)?.counterpart;
  }

  function nextChild(top: DocumentNode, counterpart: DocumentNode): DocumentNode | undefined {
    if (top.type === 'array') return counterpart.children[top.children.length];
    for (let cursor = cursors.get(top) ?? 0; cursor < counterpart.children.length; cursor += 1) {
      const child = counterpart.children[cursor];
      // Of a name that stands there several times, the last member counts.
      if (child !== undefined && childOf(top, child.key) === undefined) return childOf(counterpart, child.key);
      cursors.set(top, cursor + 1);
    }
    return undefined;
  }

  function nextPiece(): string {
    const top = released.open.at(-1);
    const root = answer.root();
    if (top === undefined) return released.root() === undefined && root !== undefined ? begin(root) : '';
    const counterpart = counterpartOfTop();
    if (counterpart === undefined) return '';
    if (top.type === 'string') return characters(counterpart, top.text.length);
    const child = nextChild(top, counterpart);
    if (child !== undefined) {
      const separator = top.children.length === 0 ? '' : ',';
      const name = typeof child.key === 'string' ? `${JSON.stringify(child.key)}:` : '';
      return `${separator}${name}${begin(child)}`;
    }
    return counterpart.isOpen ? '' : top.type === 'array' ? ']' : '}';
  }

  return {
    /** Takes more of the new answer's text; returns the text that continues the released document. */
    push(text: string): string {
      answer.push(text);
      let continued = '';
      for (let piece = nextPiece(); piece !== ''; piece = nextPiece()) {
        const top = released.open.at(-1);
        const size = sizeOf(top);
        released.push(piece);
        // A document that takes no more would be offered the same piece for ever.
        if (top !== undefined && top === released.open.at(-1) && size === sizeOf(top)) break;
        continued += piece;
      }
      return continued;
    },
  };
}

function sizeOf(node: DocumentNode | undefined): number {
  return node === undefined ? 0 : node.text.length + node.children.length;
}

function begin(node: DocumentNode): string {
  switch (node.type) {
    case 'object':
      return '{';
    case 'array':
      return '[';
    case 'string':
      return `"${characters(node, 0)}`;
    case 'number':
    case 'literal':
      return node.text;
  }
}

/** The characters of a string from `start` on, escaped, with the closing quote if it is closed. */
function characters({ text, isOpen }: DocumentNode, start: number): string {
  return JSON.stringify(text.slice(start)).slice(1, isOpen ? -1 : undefined);
}
