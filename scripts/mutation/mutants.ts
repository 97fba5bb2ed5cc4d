import { readFileSync } from 'node:fs';
import { parse } from '@babel/parser';

/** One small change to a source file: the text between `start` and `end` becomes `text`; of a body, nothing is left. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly site: 'expression' | 'body';
}

type Fields = Readonly<Record<'left' | 'right' | 'object' | 'callee' | 'property' | 'test' | 'body', Node | undefined>>;
/** A node of Babel's tree. */
export interface Node extends Fields {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [field: string]: unknown;
}

const swapped = new Map<unknown, readonly string[]>(
  Object.entries({
    ...{ '===': ['!=='], '!==': ['==='], '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'] },
    ...{ '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '+=': ['-='], '-=': ['+='] },
    ...{ '&&': ['||'], '||': ['&&'], '??': ['&&'], some: ['every'], every: ['some'], min: ['max'], max: ['min'] },
    ...{ startsWith: ['endsWith'], endsWith: ['startsWith'], find: ['findLast'], findLast: ['find'] },
  }),
);

const methodsToLeaveOut = /^(trim|trimStart|trimEnd|slice|filter|sort|toSorted|reverse|toReversed|toLowerCase)$/;

const patternChanges: readonly (readonly [RegExp, string])[] = [
  [/^\^/, ''],
  [/(?<!\\)\$$/, ''],
  [/(?<=[\])\w])[+*?](?![?+])/, ''],
  [/(?<!\\)\[(?!\^)/, '[^'],
  [/(?<!\\)\[\^/, '['],
  [/\\d/, '\\D'],
  [/\\s/, '\\S'],
  [/\\w/, '\\W'],
];

/** Every mutant of a file, in the order of its text. */
export function mutantsOf(file: string): Mutant[] {
  const source = readFileSync(file, 'utf8');
  const mutants: Mutant[] = [];

  function visit(node: Node, ancestors: readonly Node[]): void {
    const { start, end } = chainOf(node, ancestors);
    const { line } = node.loc.start;
    for (const changed of changesOf(node, source)) {
      const text = source.slice(start, node.start) + changed + source.slice(node.end, end);
      mutants.push({ file, line, start, end, text, site: 'expression' });
    }
    const { body } = node;
    if (/Function|Method/.test(node.type) && body?.type === 'BlockStatement' && body.end - body.start > 2) {
      mutants.push({ file, line, start: body.start + 1, end: body.end - 1, text: '', site: 'body' });
    }
    const parent = ancestors.at(-1);
    if (node === parent?.test && parent.type !== 'SwitchCase') {
      const values = /^(If|Conditional)/.test(parent.type) ? ['true', 'false'] : ['false'];
      for (const text of values)
        mutants.push({ file, line, start: node.start, end: node.end, text, site: 'expression' });
    }
    for (const child of childrenOf(node)) visit(child, [...ancestors, node]);
  }

  visit(parse(source, { sourceType: 'module', plugins: ['typescript'] }).program as unknown as Node, []);
  return mutants.sort((one, other) => one.start - other.start);
}

/** What else could stand for a node, by text. */
function changesOf(node: Node, source: string): readonly string[] {
  const { type, start, end, left, right, object, callee, operator } = node;
  const text = source.slice(start, end);
  const replace = (from: number, to: number, part: string) => source.slice(start, from) + part + source.slice(to, end);
  switch (type) {
    case 'LogicalExpression': {
      const part = (side: Node | undefined) => source.slice(side?.start, side?.end);
      // In brackets: `??` may not stand beside the others.
      return (swapped.get(operator) ?? []).map((other) => `(${part(left)}) ${other} (${part(right)})`);
    }
    case 'BinaryExpression':
    case 'AssignmentExpression': {
      if (left === undefined || right === undefined || typeof operator !== 'string') return [];
      if (operator.startsWith('+') && /String|Template/.test(left.type + right.type)) return [];
      const gap = source.slice(left.end, right.start);
      return (swapped.get(operator) ?? []).map((other) =>
        replace(
          left.end,
          right.start,
          gap.replace(operator, () => other),
        ),
      );
    }
    case 'UpdateExpression':
      return [text.replace(String(operator), operator === '++' ? '--' : '++')];
    case 'UnaryExpression':
      return operator === '!' || operator === '-' ? [text.slice(1)] : [];
    case 'BooleanLiteral':
      return [String(node.value !== true)];
    case 'StringLiteral':
    case 'TemplateLiteral':
      return [text.length > 2 ? "''" : "'changed'"];
    case 'RegExpLiteral':
      return otherPatterns(String(node.pattern)).map((pattern) => `/${pattern}/${node.flags}`);
    case 'ArrayExpression':
      return text.length > 2 ? ['[]'] : [];
    case 'ObjectExpression':
      return text.length > 2 ? ['{}'] : [];
    case 'ArrowFunctionExpression':
      return node.body?.type === 'BlockStatement' ? [] : ['() => undefined'];
    case 'OptionalMemberExpression':
    case 'OptionalCallExpression': {
      const before = (object ?? callee)?.end ?? start;
      const rest = source.slice(before, end);
      const plain = rest.replace('?.', /^[\s)]*\?\.[[(]/.test(rest) ? '' : '.');
      return node.optional === true ? [replace(before, end, plain)] : [];
    }
    case 'CallExpression': {
      const name = callee?.property;
      if (callee?.object === undefined || name === undefined || callee.computed === true) return [];
      if (methodsToLeaveOut.test(String(name.name))) return [source.slice(callee.object.start, callee.object.end)];
      return (swapped.get(name.name) ?? []).map((other) => replace(name.start, name.end, other));
    }
    default:
      return [];
  }
}

function otherPatterns(pattern: string): string[] {
  const others = patternChanges.map(([from, to]) => pattern.replace(from, () => to));
  return others.filter((other) => other !== pattern && other !== '' && isPattern(other));
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'v') instanceof RegExp;
  } catch {
    return false;
  }
}

/** The whole of `a?.b.c` that a part stands in: a condition around the part would cut the chain. */
function chainOf(node: Node, [...ancestors]: readonly Node[]): Node {
  const above = ancestors.pop();
  const isPart = above?.object === node || above?.callee === node || above?.type === 'TSNonNullExpression';
  return above !== undefined && isPart ? chainOf(above, ancestors) : node;
}

/** The parts of a node that are run: no types, no names of properties, no imports. */
export function childrenOf(node: Node): Node[] {
  if (/^(Import|ExportAll|Directive$)/.test(node.type)) return [];
  const isNamed = node.computed !== true && /Property$|Method$/.test(node.type);
  return Object.entries(node)
    .filter(([field]) => field !== 'source' && field !== 'quasi' && !(isNamed && field === 'key'))
    .flatMap(([, value]) => value as Node | Node[])
    .filter((child) => typeof child?.type === 'string' && child.loc !== undefined)
    .filter(({ type }) => !type.startsWith('TS') || /^TS(As|NonNull|Satisfies)/.test(type));
}
