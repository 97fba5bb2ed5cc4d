import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type KeyPress, leaveKeys, takeKeys } from './keys.ts';

export function screenSize(): { readonly columns: number; readonly rows: number } {
  const { columns, rows } = process.stdout;
  return { columns: columns || 80, rows: rows || 24 };
}

/** Draws the screen anew. A line that the terminal finds wider than we do is cut, so that nothing moves down. */
export function drawLines(lines: readonly string[]): void {
  process.stdout.write(`\u001b[2J\u001b[H\u001b[?7l${lines.join('\n')}\u001b[?7h`);
}

/** Asks for a line of text, at the bottom of the screen; empty when Esc or Ctrl-C leaves the question. */
export async function ask(question: string): Promise<string> {
  const { stdin, stdout } = process;
  leaveKeys();
  const terminal = createInterface({ input: stdin, output: stdout });
  const closed = once(terminal, 'close').then(() => '');
  const leave = (_text: string | undefined, { name }: KeyPress) => {
    if (name === 'escape') terminal.close();
  };
  stdin.on('keypress', leave);
  stdout.write(`\u001b[${screenSize().rows};1H\u001b[2K`);
  const answer = await Promise.race([terminal.question(question).catch(() => ''), closed]);
  stdin.off('keypress', leave);
  terminal.close();
  takeKeys();
  return answer.trim();
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
