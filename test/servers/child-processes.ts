import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Node programs whose processes can be told to be alive or gone. */
export interface ChildProcesses {
  /** The configuration of an MCP server: the program, run by this Node. */
  server(...args: readonly string[]): { command: string; args: string[]; env: Record<string, string> };
  /** How many of them have run so far. */
  countStarted(): number;
  countAlive(): number;
  forget(): void;
}

/** Each process leaves its id in a folder of its own test. */
export function childProcesses(): ChildProcesses {
  const folder = mkdtempSync(join(tmpdir(), 'child-processes-'));
  const leaveId = `import{writeFileSync}from'node:fs';writeFileSync(process.env.PROCESS_IDS+'/'+process.pid,'')`;
  const ids = () => readdirSync(folder).map(Number);
  return {
    server: (...args) => ({
      command: process.execPath,
      args: ['--import', `data:text/javascript,${encodeURIComponent(leaveId)}`, ...args],
      env: { PROCESS_IDS: folder },
    }),
    countStarted: () => ids().length,
    countAlive: () => ids().filter(isAlive).length,
    forget: () => rmSync(folder, { recursive: true }),
  };
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
