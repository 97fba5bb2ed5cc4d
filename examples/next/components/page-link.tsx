'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';
import { withServer } from './connection.ts';

interface PageLinkProps extends ComponentProps<'a'> {
  readonly href: string;
  /** Opens the page in place of the router. */
  readonly onOpen?: () => void;
}

/** `next/link` without what this app never asks for: pages fetched before somebody wants them. A sixtieth of the script. */
export function PageLink({ href, onOpen, ...anchor }: PageLinkProps) {
  const router = useRouter();

  function open(event: MouseEvent): void {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return; // another tab, or a download
    event.preventDefault();
    if (onOpen === undefined) withServer(() => router.push(href));
    else onOpen();
  }

  return <a href={href} onClick={open} {...anchor} />;
}
