import { emitKeypressEvents } from 'node:readline';

const lookAgainAfterMs = 5000;

const pressed: string[] = [];
let waiting: ((key: string) => void) | undefined;

/** Takes single keys from now on, and `resize` when the screen has another size. Those that are pressed while something is read are kept. */
export function takeKeys(): void {
  const { stdin } = process;
  forgetKeys();
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', press);
  process.stdout.on('resize', resized);
  stdin.resume();
}

/** Gives the terminal to somebody else. */
export function leaveKeys(): void {
  const { stdin } = process;
  stdin.off('keypress', press);
  process.stdout.off('resize', resized);
  stdin.setRawMode(false);
  stdin.pause();
}

/** Drops the keys that were pressed before the screen changed: they were about something else. */
export function forgetKeys(): void {
  pressed.length = 0;
}

/** The key that is pressed; `undefined` when it is time to look at the inbox again. */
export function nextKey(): Promise<string | undefined> {
  const key = pressed.shift();
  if (key !== undefined) return Promise.resolve(key);
  return new Promise((resolve) => {
    const settle = (next: string | undefined) => {
      clearTimeout(timer);
      waiting = undefined;
      resolve(next);
    };
    const timer = setTimeout(() => settle(undefined), lookAgainAfterMs);
    waiting = settle;
  });
}

function press(text: string | undefined, { name, ctrl, meta, shift }: KeyPress): void {
  // With Ctrl or Alt a letter is no key of ours; Esc comes as one of Alt.
  if (ctrl === true) take(`ctrl-${name}`);
  else if (meta === true && name !== 'escape') take(`alt-${name}`);
  else take(shift === true && name === 'g' ? 'G' : (name ?? text ?? ''));
}

export interface KeyPress {
  readonly name?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
}

function resized(): void {
  take('resize');
}

function take(key: string): void {
  if (waiting === undefined) pressed.push(key);
  else waiting(key);
}
