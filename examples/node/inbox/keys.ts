import { emitKeypressEvents } from 'node:readline';

const lookAgainAfterMs = 5000;

const pressed: string[] = [];
let waiting: ((key: string) => void) | undefined;

/** Takes single keys from now on. Those that are pressed while something is read are kept. */
export function takeKeys(): void {
  const { stdin } = process;
  forgetKeys();
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', press);
  stdin.resume();
}

/** Gives the terminal to somebody else. */
export function leaveKeys(): void {
  const { stdin } = process;
  stdin.off('keypress', press);
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

function press(text: string | undefined, { name, ctrl }: { name?: string; ctrl?: boolean }): void {
  const key = ctrl === true && name === 'c' ? 'ctrl-c' : (name ?? text ?? '');
  if (waiting === undefined) pressed.push(key);
  else waiting(key);
}
