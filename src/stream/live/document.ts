import { Tokenizer } from '../../incremental/text/tokenizer.ts';

/** A value in a JSON document that is being written; `isOpen` until its last character arrived. */
export interface DocumentNode {
  readonly type: 'object' | 'array' | 'string' | 'number' | 'literal';
  readonly key: string | number | undefined;
  isOpen: boolean;
  /** A string's characters so far, a number's digits, a literal's word. */
  text: string;
  /** In the order they were written. */
  readonly children: DocumentNode[];
  readonly byName: Map<string, DocumentNode>;
}

/** A JSON document that is being written, as a tree. */
export interface OpenDocument {
  root(): DocumentNode | undefined;
  /** The open values, the root first: containers, and a string at most at the end. */
  readonly open: readonly DocumentNode[];
  /** How many values there are. */
  size(): number;
  /** Takes text that ends after a bracket, a scalar, or characters of a string. */
  push(text: string): void;
}

/** Shared by all scalars, of which there may be very many. */
const childless: DocumentNode[] = [];
const nameless = new Map<string, DocumentNode>();

/** Text that nests deeper than `deepest` is not taken any further. */
export function openDocument({ deepest = Number.POSITIVE_INFINITY } = {}): OpenDocument {
  const tokenizer = new Tokenizer();
  const open: DocumentNode[] = [];
  let root: DocumentNode | undefined;
  let name: string | undefined;
  let size = 0;

  function add(type: DocumentNode['type'], text = ''): DocumentNode {
    const parent = open.at(-1);
    const key = parent?.type === 'array' ? parent.children.length : name;
    const children = type === 'object' || type === 'array' ? [] : childless;
    const byName = type === 'object' ? new Map<string, DocumentNode>() : nameless;
    const node: DocumentNode = { type, key, isOpen: true, text, children, byName };
    parent?.children.push(node);
    if (typeof key === 'string') parent?.byName.set(key, node);
    root ??= node;
    size += 1;
    return node;
  }

  function take(token: ReturnType<Tokenizer['next']>): void {
    switch (token) {
      case 'object-start':
      case 'array-start':
        open.push(add(token === 'object-start' ? 'object' : 'array'));
        return;
      case 'string-start':
        open.push(add('string'));
        return;
      case 'string-part': {
        const string = open.at(-1);
        if (string !== undefined) string.text += tokenizer.text;
        return;
      }
      case 'object-end':
      case 'array-end':
      case 'string-end': {
        const closed = open.pop();
        if (closed !== undefined) closed.isOpen = false;
        return;
      }
      case 'name':
        name = tokenizer.text;
        return;
      case 'number':
        add('number', tokenizer.text).isOpen = false;
        return;
      case 'literal':
        add('literal', String(tokenizer.literal)).isOpen = false;
        return;
      default:
        return;
    }
  }

  function read(text: string): void {
    tokenizer.push(text);
    let token = tokenizer.next();
    while (token !== 'more' && token !== 'error' && open.length <= deepest) {
      take(token);
      token = tokenizer.next();
    }
  }

  return {
    root: () => root,
    open,
    size: () => size,
    push(text) {
      read(text);
      // A number ends at the character after it. Outside strings, a space will do.
      if (open.at(-1)?.type !== 'string') read(' ');
    },
  };
}

export function childOf(
  { type, children, byName }: DocumentNode,
  key: string | number | undefined,
): DocumentNode | undefined {
  if (type === 'array') return typeof key === 'number' ? children[key] : undefined;
  return typeof key === 'string' ? byName.get(key) : undefined;
}
