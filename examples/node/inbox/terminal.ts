import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';

const lookAgainAfterMs = 5000;

/** The key that is pressed; `undefined` when it is time to look at the inbox again. */
export function nextKey(): Promise<string | undefined> {
  const { stdin } = process;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stdin.off('keypress', press);
      resolve(undefined);
    }, lookAgainAfterMs);
    function press(text: string | undefined, key: { name?: string; ctrl?: boolean }): void {
      clearTimeout(timer);
      resolve(key.ctrl === true && key.name === 'c' ? 'ctrl-c' : (key.name ?? text ?? ''));
    }
    stdin.once('keypress', press);
  });
}

/** Asks for a line of text. */
export async function ask(question: string): Promise<string> {
  const { stdin, stdout } = process;
  stdin.setRawMode(false);
  const terminal = createInterface({ input: stdin, output: stdout });
  const answer = await terminal.question(question);
  terminal.close();
  stdin.setRawMode(true);
  stdin.resume();
  return answer.trim();
}

/** Shows a long text with the pager there is. */
export async function page(text: string): Promise<void> {
  const pager = process.env.PAGER ?? 'less';
  process.stdin.setRawMode(false);
  const { error } = spawnSync(pager, pager === 'less' ? ['-R', '-Psspace  next page, q  back'] : [], {
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  process.stdin.setRawMode(true);
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
    process.stdin.setRawMode(false);
    spawnSync(process.env.VISUAL ?? process.env.EDITOR ?? 'vi', [file], { stdio: 'inherit' });
    process.stdin.setRawMode(true);
    const changed = readFileSync(file, 'utf8');
    return changed.trimEnd() === text.trimEnd() ? undefined : changed.trimEnd();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
