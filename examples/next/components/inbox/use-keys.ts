'use client';

import { useEffect, useRef } from 'react';

export type Keys = Readonly<Record<string, () => void>>;

export const cancelKey = 'Escape';

/** On what is filled in: until it is gone, no key does anything but Escape, wherever the focus is. */
export const holdsKeys = { 'data-holds-keys': true };

/** Single keys that do something while nobody types; the latest `keys` count. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key !== cancelKey && document.querySelector('[data-holds-keys]') !== null) return;
      const action = current.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
