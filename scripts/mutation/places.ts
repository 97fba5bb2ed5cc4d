import { parse } from '@babel/parser';
import { childrenOf, type Node } from './mutants.ts';

/** A place of a source that the runner needs to know of: the body of a loop, a constant of the file, or what it keeps once it is known. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly site: 'loop' | 'name of constant' | 'value of constant' | 'kept value';
}

/** Loops, which may never end, and constants, which are set anew for a mutant in them. */
export function placesOf(source: string): Place[] {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] });
  const statements = program.body as unknown as readonly Node[];
  return [
    ...statements.flatMap((statement) => [...constantOf(statement, source), ...keptValueOf(statement)]),
    ...statements.flatMap(loopsOf),
  ];
}

function loopsOf(node: Node): Place[] {
  const { type, body } = node;
  const inside = childrenOf(node).flatMap(loopsOf);
  if (body === undefined || !/^(For|While|DoWhile)/.test(type)) return inside;
  return [{ start: body.start, end: body.end, site: 'loop' }, ...inside];
}

/** Functions stay as they are. */
function constantOf(statement: Node, source: string): readonly Place[] {
  const { type, start, kind, declarations } = (statement.declaration ?? statement) as Node;
  if (type !== 'VariableDeclaration' || kind !== 'const') return [];
  const [{ id, init } = {}, ...others] = declarations as readonly Readonly<Record<'id' | 'init', Node>>[];
  if (others.length > 0 || id?.type !== 'Identifier' || init === undefined || /Function/.test(init.type)) return [];
  if (!/=\s*$/.test(source.slice(start, init.start))) return [];
  return [
    { start, end: init.start, site: 'name of constant' },
    { start: init.start, end: init.end, site: 'value of constant' },
  ];
}

/** `let known: Words | undefined;`, and no promise of something that is loaded once. */
function keptValueOf({ type, start, end, kind, declarations }: Node): readonly Place[] {
  if (type !== 'VariableDeclaration' || kind !== 'let') return [];
  const [{ init } = {}] = declarations as readonly Readonly<Record<'init', Node | null>>[];
  return init === null ? [{ start, end, site: 'kept value' }] : [];
}
