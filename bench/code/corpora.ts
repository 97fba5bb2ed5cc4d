import { globSync, readFileSync, statSync } from 'node:fs';
import type { CodeLanguage } from '../../src/checks/index.ts';

/** Where a machine may have programs of each language; `CODE_CORPUS` names a further folder. */
const extensions: Readonly<Record<CodeLanguage, readonly string[]>> = {
  javascript: ['js', 'mjs', 'cjs'],
  typescript: ['ts', 'mts', 'cts', 'tsx'],
  python: ['py'],
  json: ['json'],
  jsonc: ['json', 'jsonc'],
  yaml: ['yaml', 'yml'],
  html: ['html', 'htm'],
  css: ['css'],
  go: ['go'],
  rust: ['rs'],
  java: ['java'],
  cpp: ['cpp', 'cc', 'cxx', 'hpp', 'h'],
  php: ['php'],
  xml: ['xml', 'svg', 'xsd'],
  markdown: ['md'],
};

const folders = ['node_modules', '/usr/lib/python3*', '/usr/include', '/usr/share', '/usr/lib/google-cloud-sdk'];

export interface Program {
  readonly file: string;
  readonly text: string;
}

/** Programs of a language, spread evenly over what the machine has, none twice. */
export function programsOf(language: CodeLanguage, count: number): Program[] {
  const places = [...folders, ...(process.env.CODE_CORPUS === undefined ? [] : [process.env.CODE_CORPUS])];
  const files = places.flatMap((folder) =>
    globSync(`${folder}/**/*.{${extensions[language].join(',')},${extensions[language][0]}}`),
  );
  const step = Math.max(1, files.length / (3 * count));
  const programs = new Map<string, Program>();
  for (let at = 0; at < files.length && programs.size < count; at += step) {
    const file = files[Math.floor(at)] ?? '';
    const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size === 0 || size > 200_000 || !statSync(file).isFile()) continue;
    const text = readFileSync(file, 'utf8');
    // C for one machine, two hundred times.
    if (file.includes('/openssl/')) continue;
    // A program that was read with a wrong encoding is no longer what it was.
    if (!text.includes('\uFFFD') && text.trim() !== '') programs.set(text, { file, text });
  }
  return [...programs.values()];
}
