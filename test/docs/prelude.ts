import { readFileSync } from 'node:fs';
import { root } from './markdown.ts';

/** What a block of a document may use without importing it: everything of these packages, and the names below. */
const packages = ['ai', '@ai-sdk/openai'];

const ownNames = `
  const z: typeof import('zod').z;
  const anthropic: typeof import('@ai-sdk/openai').openai;
  const Invoice: typeof import('../../examples/practice-server/invoice-schema.ts').Invoice;
  const addsUp: import('ai-staged-retry').Check;
  const mail: string;
  const tenantId: string;
  const request: Request;
  const redis: import('@upstash/redis').Redis;
  const store: import('ai-staged-retry').Store;
  const inbox: import('ai-staged-retry').Inbox;
  const events: ReturnType<typeof import('ai-staged-retry').createEmitter>;
  const model: import('@ai-sdk/provider').LanguageModelV4;
  const chatModel: import('@ai-sdk/provider').LanguageModelV4;
  const lookUpVendor: import('ai').Tool<{ name: string }, string>;
  const sum: (lines: readonly { quantity: number; unitPrice: number }[]) => number;
  function tell(text: string): Promise<void>;
`;

/** The source file of each entry of the package, by the name it is imported by. */
export function entries(): ReadonlyMap<string, string> {
  const { name, exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const files = new Map<string, string>();
  for (const [path, target] of Object.entries<{ types?: string }>(exports)) {
    if (target.types === undefined) continue;
    files.set(name + path.slice(1), target.types.replace('./dist/', './src/').replace('.d.ts', '.ts'));
  }
  return files;
}

/** Declares those names for all blocks. */
export async function prelude(): Promise<string> {
  const values = new Map<string, string>();
  for (const [entry, file] of entries()) await addValues(values, entry, root + file);
  for (const name of packages) await addValues(values, name, name);
  const own = new Set([...ownNames.matchAll(/(?:const|function) (\w+)/g)].map(([, name]) => name));
  const declared = [...values].filter(([name]) => !own.has(name));
  const lines = declared.map(([name, from]) => `  const ${name}: typeof import('${from}').${name};`);
  return `declare global {\n${lines.join('\n')}${ownNames}}\nexport {};\n`;
}

async function addValues(values: Map<string, string>, name: string, specifier: string): Promise<void> {
  for (const value of Object.keys(await import(specifier))) {
    if (/^[A-Za-z]\w*$/.test(value) && value !== 'default' && !(value in globalThis) && !values.has(value)) {
      values.set(value, name);
    }
  }
}
