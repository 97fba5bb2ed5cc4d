import { type DocumentNode, openDocument } from './document.ts';

/** How deep a value may nest that is told as far as it is there. */
const deepest = 1000;

/** The value of JSON text that breaks off, as far as it is there; `undefined` when it has not begun, or nests too deep. */
export function partialValue(text: string): unknown {
  const start = text.search(/[{[]/);
  if (start === -1) return undefined;
  const document = openDocument({ deepest });
  document.push(text.slice(start));
  const root = document.root();
  return root === undefined || document.open.length > deepest ? undefined : valueOfNode(root);
}

function valueOfNode(root: DocumentNode): unknown {
  switch (root.type) {
    case 'object':
      return Object.fromEntries(root.children.map((child) => [child.key, valueOfNode(child)]));
    case 'array':
      return root.children.map(valueOfNode);
    case 'string':
      return root.text;
    case 'number':
      return Number(root.text);
    case 'literal':
      return JSON.parse(root.text);
  }
}
