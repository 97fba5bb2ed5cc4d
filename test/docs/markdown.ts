import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The top folder of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A fenced block of a document. */
export interface CodeBlock {
  readonly document: string;
  /** Counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The documents a reader gets. */
export function documents(): readonly string[] {
  return ['README.md', ...globSync('docs/{*,guides/*,migration/*}.md', { cwd: root }).sort()];
}

export function codeBlocks(document: string): readonly CodeBlock[] {
  const text = readFileSync(root + document, 'utf8');
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    document,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    code: match[2] ?? '',
  }));
}

/** The examples of the docstrings in `src`, each as a block: they end where the next tag begins, or the docstring. */
export function docstringExamples(): readonly CodeBlock[] {
  return globSync('src/**/*.ts', { cwd: root })
    .sort()
    .flatMap((document) => examplesIn(document, readFileSync(root + document, 'utf8')));
}

function examplesIn(document: string, source: string): readonly CodeBlock[] {
  return [...source.matchAll(/@example\b([\s\S]*?)(?=\*\/|\n *\* @)/g)].map((match) => ({
    document,
    line: source.slice(0, match.index).split('\n').length,
    language: 'ts',
    code: (match[1] ?? '')
      .replaceAll(/^ *\* ?/gm, '')
      .replaceAll(/^ *```.*$/gm, '')
      .trim(),
  }));
}
