import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { leaveKeys, nextKey, takeKeys } from './keys.ts';

/** Asks for a line of text. */
export async function ask(question: string): Promise<string> {
  const { stdin, stdout } = process;
  leaveKeys();
  const terminal = createInterface({ input: stdin, output: stdout });
  const answer = await terminal.question(question);
  terminal.close();
  takeKeys();
  return answer.trim();
}

/** Shows a long text with the pager there is. */
export async function page(text: string): Promise<void> {
  const pager = process.env.PAGER ?? 'less';
  leaveKeys();
  const { error } = spawnSync(pager, pager === 'less' ? ['-R', '-Psspace  next page, q  back'] : [], {
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  takeKeys();
  if (error === undefined) return;
  process.stdout.write(`\u001b[2J\u001b[H${text}\n\nPress a key to go back.`);
  while ((await nextKey()) === undefined);
}

/** Opens a text in the editor there is; `undefined` when it comes back as it was. */
export function edited(text: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'inbox-'));
  const file = join(folder, 'answer.json');
  try {
    writeFileSync(file, text);
    leaveKeys();
    spawnSync(process.env.VISUAL ?? process.env.EDITOR ?? 'vi', [file], { stdio: 'inherit' });
    takeKeys();
    const changed = readFileSync(file, 'utf8');
    return changed.trimEnd() === text.trimEnd() ? undefined : changed.trimEnd();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
