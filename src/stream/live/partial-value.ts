import { type DocumentNode, openDocument } from './document.ts';

/** The value of JSON text that breaks off, as far as it is there; `undefined` when it has not begun. */
export function partialValue(text: string): unknown {
  const start = text.search(/[{[]/);
  if (start === -1) return undefined;
  const document = openDocument();
  document.push(text.slice(start));
  const root = document.root();
  return root === undefined ? undefined : valueOfNode(root);
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
