import type { Steps } from '../../effects/in-turns.ts';
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
  /** Of an object, once it was asked for: its children by name, of which so many are in it. */
  byName: Map<string, DocumentNode> | undefined;
  named: number;
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
  /** The same, in steps of some milliseconds. */
  pushInSteps(text: string): Steps<void>;
}

/** How much text is read between two steps, in characters. */
const step = 65_536;

/** Shared by all scalars, of which there may be very many. */
const childless: DocumentNode[] = [];

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
    const node: DocumentNode = { type, key, isOpen: true, text, children, byName: undefined, named: 0 };
    parent?.children.push(node);
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

  /** A number ends at the character after it. Outside strings, a space will do. */
  function endNumber(): void {
    if (open.at(-1)?.type !== 'string') read(' ');
  }

  return {
    root: () => root,
    open,
    size: () => size,
    push(text) {
      read(text);
      endNumber();
    },
    *pushInSteps(text) {
      for (let start = 0; start < text.length; start += step) {
        if (start > 0) yield;
        read(text.slice(start, start + step));
      }
      endNumber();
    },
  };
}

export function childOf(node: DocumentNode, key: string | number | undefined): DocumentNode | undefined {
  if (node.type === 'array') return typeof key === 'number' ? node.children[key] : undefined;
  return typeof key === 'string' && node.type === 'object' ? namesOf(node).get(key) : undefined;
}

function namesOf(node: DocumentNode): ReadonlyMap<string, DocumentNode> {
  node.byName ??= new Map();
  for (; node.named < node.children.length; node.named += 1) {
    const child = node.children[node.named];
    if (typeof child?.key === 'string') node.byName.set(child.key, child);
  }
  return node.byName;
}
