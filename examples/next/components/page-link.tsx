'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';

interface PageLinkProps extends ComponentProps<'a'> {
  readonly href: string;
  /** Whether the new page begins at its top. @default true */
  readonly scroll?: boolean;
}

/** `next/link` without what this app never asks for: pages fetched before somebody wants them. A sixtieth of the script. */
export function PageLink({ href, scroll = true, ...anchor }: PageLinkProps) {
  const router = useRouter();

  function open(event: MouseEvent): void {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return; // another tab, or a download
    event.preventDefault();
    router.push(href, { scroll });
  }

  return <a href={href} onClick={open} {...anchor} />;
}
