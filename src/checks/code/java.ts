import type { Node } from '@vscode/tree-sitter-wasm';
import type { CodeError } from './code-error.ts';

/** What the Java grammar, made for editors, lets pass and no compiler does. */
export function javaError(root: Node): CodeError | undefined {
  for (const node of root.descendantsOfType(Object.keys(javaRules)).filter((found) => found !== null)) {
    const message = javaRules[node.type]?.(node);
    if (message !== undefined) return { message, offset: node.startIndex };
  }
  return undefined;
}

const isStatement = /^(?:assignment|update|switch)_expression$|^method_invocation$|^object_creation_expression$/;

const javaRules: Readonly<Record<string, (node: Node) => string | undefined>> = {
  // https://docs.oracle.com/javase/specs/jls/se21/html/jls-14.html#jls-14.8
  expression_statement: ({ namedChildren, parent }) => {
    if (parent?.type === 'switch_rule') return undefined;
    return namedChildren.some((child) => child !== null && isStatement.test(child.type))
      ? undefined
      : 'this expression is no statement';
  },
  constructor_declaration: (node) => {
    const name = node.childForFieldName('name')?.text;
    const type = node.parent?.parent?.childForFieldName('name')?.text;
    return type === undefined || name === type ? undefined : `the method ${name} has no return type`;
  },
  // https://docs.oracle.com/javase/specs/jls/se21/html/jls-3.html#jls-3.10.7
  escape_sequence: ({ text }) =>
    /^\\(?:[btnfrs"'\\\n0-7]|u+[0-9a-fA-F]{4})/.test(text) ? undefined : `${text} is no escape`,
};
