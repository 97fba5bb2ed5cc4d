import type { ParserLoader } from '../parsers/need-package.ts';
import type { FindCodeErrors } from './code-error.ts';
import { css } from './css.ts';
import { html } from './html.ts';
import { javascript } from './javascript.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { python } from './python.ts';
import type { TreeSitterLanguage } from './snippets.ts';
import { treeSitter } from './tree-sitter.ts';
import { xml } from './xml.ts';
import { yaml } from './yaml.ts';

export interface Language {
  /** As it is written in a sentence. */
  readonly title: string;
  /** What a fence may be labelled with. */
  readonly labels: readonly string[];
  /** Whether the grammar can take a sentence or a fence for a program, so that fences are looked for first. */
  readonly takesProse?: boolean;
  /** For what stands in a document as an example, where it is judged otherwise. */
  readonly loadExample?: () => Promise<FindCodeErrors>;
  readonly load: (parser?: ParserLoader) => FindCodeErrors | Promise<FindCodeErrors>;
}

const byTreeSitter = (language: TreeSitterLanguage) => (parser?: ParserLoader) => treeSitter(language, parser);

/** The languages that `code` knows. */
export const languages = {
  javascript: {
    title: 'JavaScript',
    labels: ['javascript', 'js', 'jsx', 'mjs', 'cjs', 'node'],
    takesProse: true,
    load: (parser) => javascript('javascript', parser),
    loadExample: () => javascript('javascript', undefined, 'example'),
  },
  typescript: {
    title: 'TypeScript',
    labels: ['typescript', 'ts', 'tsx', 'mts', 'cts'],
    takesProse: true,
    load: (parser) => javascript('typescript', parser),
  },
  python: { title: 'Python', labels: ['python', 'py', 'python3'], load: python },
  json: { title: 'JSON', labels: ['json'], load: () => json() },
  jsonc: { title: 'JSON with comments', labels: ['jsonc', 'json5', 'json'], load: () => json({ hasComments: true }) },
  yaml: { title: 'YAML', labels: ['yaml', 'yml'], takesProse: true, load: yaml },
  html: { title: 'HTML', labels: ['html', 'htm', 'xhtml'], takesProse: true, load: html },
  css: { title: 'CSS', labels: ['css'], load: css },
  go: { title: 'Go', labels: ['go', 'golang'], load: byTreeSitter('go') },
  rust: { title: 'Rust', labels: ['rust', 'rs'], load: byTreeSitter('rust') },
  java: { title: 'Java', labels: ['java'], load: byTreeSitter('java') },
  cpp: { title: 'C++', labels: ['cpp', 'c++', 'cc', 'cxx', 'hpp'], load: byTreeSitter('cpp') },
  php: { title: 'PHP', labels: ['php'], takesProse: true, load: byTreeSitter('php') },
  xml: { title: 'XML', labels: ['xml', 'svg'], load: xml },
  markdown: {
    title: 'Markdown',
    labels: ['markdown', 'md'],
    takesProse: true,
    load: () => markdown((label) => loaded(label)),
  },
} as const satisfies Record<string, Language>;

/** A language whose syntax `code` can judge. */
export type CodeLanguage = keyof typeof languages;

/** The parser for a fence's label; `undefined` for a label that names no language. */
function loaded(label: string): Promise<FindCodeErrors> | undefined {
  const known: Readonly<Record<string, Language>> = languages;
  const language = Object.values(known).find(({ labels, title }) => title !== 'Markdown' && labels.includes(label));
  return language === undefined ? undefined : Promise.resolve(language.loadExample?.() ?? language.load());
}
