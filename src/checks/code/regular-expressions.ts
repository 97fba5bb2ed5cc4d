import type { CodeError } from './code-error.ts';

interface Literal {
  readonly type: 'RegExpLiteral';
  readonly pattern: string;
  readonly flags: string;
  readonly start: number;
}

/** The first regular expression of a syntax tree that this engine, which knows its flags, cannot compile. */
export function wrongRegularExpression(tree: unknown): CodeError | undefined {
  const waiting = [tree];
  for (let node = waiting.pop(); waiting.length > 0 || node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (isLiteral(node)) {
      const message = problemOf(node);
      if (message !== undefined) return { message, offset: node.start };
      continue;
    }
    for (const [key, value] of Object.entries(node))
      if (typeof value === 'object' && key !== 'loc' && !/comments$/i.test(key)) waiting.push(value);
  }
  return undefined;
}

function isLiteral(node: object): node is Literal {
  return 'type' in node && node.type === 'RegExpLiteral';
}

function problemOf({ pattern, flags }: Literal): string | undefined {
  try {
    new RegExp('', flags);
  } catch {
    return undefined;
  }
  try {
    new RegExp(pattern, flags);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^.*: (?=[^:]+$)/s, 'the regular expression is wrong: ');
  }
}
