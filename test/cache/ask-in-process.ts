import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AskedCall, Assignment } from './programs/ask-many.ts';

/** A process of its own that asks. */
export interface Asking {
  readonly process: ChildProcess;
  readonly results: Promise<readonly AskedCall[]>;
}

const program = fileURLToPath(new URL('./programs/ask-many.ts', import.meta.url));

export function askInProcess(assignment: Assignment): Asking {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {}).end(JSON.stringify(assignment));
  return { process: child, results: resultsOf(child) };
}

/** Nothing of a process that was killed. */
async function resultsOf(child: ChildProcess): Promise<readonly AskedCall[]> {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  const text = Buffer.concat(chunks).toString();
  if (text !== '') return JSON.parse(text);
  if (code !== null) throw new Error(`The process ended with ${code} and without results.`);
  return [];
}
