import type { KeyboardEvent } from 'react';
import { cancelKey } from '../inbox/use-keys.ts';

/** On what is wrong and no field: a list that lacks lines. */
export const marksFault = { 'data-faulty-field': true };

/**
 * The keys of a form. Escape leaves it; Enter in a field sends it, and with Ctrl or ⌘ from everywhere. What cannot be
 * sent shows its first field that is wrong.
 */
export function formKeys(onCancel: () => void) {
  return (event: KeyboardEvent<HTMLFormElement>): void => {
    const { key, target, currentTarget: form, nativeEvent } = event;
    if (nativeEvent.isComposing) return; // what is typed ends with that key, not the form
    const isEverywhere = event.ctrlKey || event.metaKey;
    if (key === cancelKey) onCancel();
    if (key !== 'Enter' || (target instanceof HTMLTextAreaElement && !isEverywhere)) return;
    // The key that opened the form, still held down, decides nothing.
    if (event.repeat) event.preventDefault();
    else if (isEverywhere || isField(target)) {
      event.preventDefault();
      send(form);
    }
  };
}

function send(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (button?.disabled === false) form.requestSubmit(button);
  else form.querySelector<HTMLElement>('[aria-invalid=true], [data-faulty-field]')?.focus();
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
