'use client';

import { useEffect, useRef } from 'react';

export type Keys = Readonly<Record<string, () => void>>;

export const cancelKey = 'Escape';

/** On what is filled in: until it is gone, no key does anything but Escape, wherever the focus is. */
export const holdsKeys = { 'data-holds-keys': true };

/** On what another page is about to replace: until then, no key does anything about it. */
export const isOnItsWay = { 'data-on-its-way': true };

/**
 * Single keys that do something while nobody types; the latest `keys` count. Those that lead elsewhere are of no page: they never wait.
 * Those that come first take a key from all others.
 */
export function useKeys(keys: Keys, { leadElsewhere = false, comeFirst = false } = {}): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if ((comeFirst || event.key !== cancelKey) && document.querySelector('[data-holds-keys]') !== null) return;
      if (!leadElsewhere && document.querySelector('[data-on-its-way]') !== null) return;
      const action = current.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    }
    document.addEventListener('keydown', press, comeFirst);
    return () => document.removeEventListener('keydown', press, comeFirst);
  }, [leadElsewhere, comeFirst]);
}

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog') !== null) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
