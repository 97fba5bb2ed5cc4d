import type { Node } from '@vscode/tree-sitter-wasm';
import type { CodeError } from './code-error.ts';
import type { TreeSitterLanguage } from './snippets.ts';

/** An expression that stands as a statement and can be none: what is left of `package main` or `use a::b;` without its keyword. */
export function idleExpression(root: Node, language: TreeSitterLanguage): CodeError | undefined {
  const isIdle = idle[language];
  if (isIdle === undefined) return undefined;
  const found = root
    .descendantsOfType('expression_statement')
    .find((node) => node?.namedChildren.some((child) => child !== null && isIdle.test(child.type)));
  return found == null ? undefined : { message: 'this expression is no statement', offset: found.startIndex };
}

/** https://go.dev/ref/spec#Expression_statements */
const idle: Readonly<Partial<Record<TreeSitterLanguage, RegExp>>> = {
  go: /^(?:identifier|selector_expression|binary_expression)$/,
  rust: /^scoped_identifier$/,
};

/** A block after a Go function that has none: the function ends with its line. */
export function looseBody(root: Node): CodeError | undefined {
  const loose = root.namedChildren.find(
    (node) =>
      node?.type === 'block' &&
      /^(?:function|method)_declaration$/.test(node.previousNamedSibling?.type ?? '') &&
      node.previousNamedSibling?.childForFieldName('body') === null,
  );
  return loose == null ? undefined : { message: 'unexpected `{`', offset: loose.startIndex };
}
