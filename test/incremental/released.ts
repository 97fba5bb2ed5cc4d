import { Tokenizer } from '../../src/incremental/index.ts';

/** A value of which the text is there up to some point. */
export type Partial =
  | { readonly type: 'scalar'; readonly value: unknown }
  | { readonly type: 'string'; readonly start: string }
  | { readonly type: 'object'; readonly members: Map<string, Partial>; isClosed: boolean }
  | { readonly type: 'array'; readonly items: Partial[]; isClosed: boolean };

/** Reads released text back into the part of a value that it fixes; `undefined` if that is nothing. */
export function partialOf(text: string): Partial | undefined {
  const tokenizer = new Tokenizer();
  tokenizer.push(text);
  const stack: Extract<Partial, { isClosed: boolean }>[] = [];
  let root: Partial | undefined;
  let name = '';
  let string: string | undefined;

  function add(part: Partial) {
    const top = stack.at(-1);
    if (top === undefined) root = part;
    else if (top.type === 'array') top.items.push(part);
    else top.members.set(name, part);
  }

  for (let token = tokenizer.next(); token !== 'more'; token = tokenizer.next()) {
    switch (token) {
      case 'object-start': {
        const object: Partial = { type: 'object', members: new Map(), isClosed: false };
        add(object);
        stack.push(object);
        break;
      }
      case 'array-start': {
        const array: Partial = { type: 'array', items: [], isClosed: false };
        add(array);
        stack.push(array);
        break;
      }
      case 'object-end':
      case 'array-end': {
        const closed = stack.pop();
        if (closed) closed.isClosed = true;
        break;
      }
      case 'name':
        name = tokenizer.text;
        break;
      case 'string-start':
        string = '';
        break;
      case 'string-part':
        string += tokenizer.text;
        break;
      case 'string-end':
        add({ type: 'scalar', value: string });
        string = undefined;
        break;
      case 'number':
        add({ type: 'scalar', value: Number(tokenizer.text) });
        break;
      case 'literal':
        add({ type: 'scalar', value: tokenizer.literal });
        break;
      case 'error':
        throw new Error(`released text is broken: ${tokenizer.problem}`);
    }
  }
  if (string !== undefined) add({ type: 'string', start: string });
  return root;
}

/** The value that keeps what was released and takes the rest from another value, where that fits. */
export function completed(partial: Partial | undefined, rest: unknown): unknown {
  if (partial === undefined) return rest;
  switch (partial.type) {
    case 'scalar':
      return partial.value;
    case 'string':
      return typeof rest === 'string' && rest.startsWith(partial.start) ? rest : partial.start;
    case 'array': {
      const others = Array.isArray(rest) ? rest : [];
      const items = partial.items.map((item, index) => completed(item, others[index]));
      return partial.isClosed ? items : [...items, ...others.slice(items.length)];
    }
    case 'object': {
      const others = typeof rest === 'object' && rest !== null && !Array.isArray(rest) ? Object.entries(rest) : [];
      const members = new Map<string, unknown>();
      for (const [name, member] of partial.members) {
        members.set(name, completed(member, others.find(([other]) => other === name)?.[1]));
      }
      for (const [name, member] of partial.isClosed ? [] : others) if (!members.has(name)) members.set(name, member);
      return Object.fromEntries(members);
    }
  }
}
