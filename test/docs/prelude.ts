import { readFileSync } from 'node:fs';
import { root } from './markdown.ts';

/** What a block of a document may use without importing it: everything of these packages, and the names below. */
const packages = ['ai', '@ai-sdk/openai'];

const namesOfDocuments = `
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

/** What the one line of a docstring's example takes for granted, beside the names of the documents. */
const namesOfDocstrings = `
  const createClient: typeof import('redis').createClient;
  const Redis: typeof import('@upstash/redis').Redis & typeof import('ioredis').Redis;
  const expect: typeof import('vitest').expect;
  const it: typeof import('vitest').it;
  const userOf: (request: Request) => Promise<{ readonly email: string; readonly tenantId: string } | undefined>;
  const post: (message: unknown) => Promise<void>;
  const row: { readonly checks: string };
  const config: string & Parameters<typeof import('ai-staged-retry/mcp').mcpServers>[0];
  const invoices: import('ai-staged-retry').Inbox;
  const logger: { readonly info: (text: string) => void };
  const send: (text: string) => Promise<void>;
  const signIn: () => void;
  const log: (line: string) => void;
  const myStore: () => import('ai-staged-retry').Store;
  const checks: readonly import('ai-staged-retry').Check[];
  const price: import('ai-staged-retry').Price;
  const output: import('ai').Output.Output;
  const tools: import('ai').ToolSet;
  const error: unknown;
  const prompt: string;
  const policy: string;
  const terms: string;
  const secret: string;
  const token: string;
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

/** Declares those names for all blocks of the documents. */
export async function prelude(): Promise<string> {
  return `declare global {\n${await declarations(namesOfDocuments)}}\nexport {};\n`;
}

/** Exports them for the examples of the docstrings, which may call what the browser's globals hide: `length`, `prompt`. */
export async function docstringNames(): Promise<string> {
  return (await declarations(namesOfDocuments + namesOfDocstrings)).replaceAll(/^ *(?=const |function )/gm, 'export ');
}

async function declarations(ownNames: string): Promise<string> {
  const values = new Map<string, string>();
  for (const [entry, file] of entries()) await addValues(values, entry, root + file);
  for (const name of packages) await addValues(values, name, name);
  const own = new Set(declaredIn(ownNames));
  const declared = [...values].filter(([name]) => !own.has(name));
  const lines = declared.map(([name, from]) => `  const ${name}: typeof import('${from}').${name};`);
  return lines.join('\n') + ownNames;
}

/** The names that a code declares with `const` or `function`. */
export function declaredIn(code: string): readonly string[] {
  return [...code.matchAll(/\b(?:const|function) (?:(\w+)|\{([^}]*)\})/g)].flatMap(([, name, names = '']) =>
    name === undefined ? names.split(/\W+/) : [name],
  );
}

async function addValues(values: Map<string, string>, name: string, specifier: string): Promise<void> {
  for (const value of Object.keys(await import(specifier))) {
    if (/^[A-Za-z]\w*$/.test(value) && value !== 'default' && !(value in globalThis) && !values.has(value)) {
      values.set(value, name);
    }
  }
}
