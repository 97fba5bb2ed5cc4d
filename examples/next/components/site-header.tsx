'use client';

import { usePathname, useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { refuse, watchedFetch } from './connection.ts';
import { OfflineNotice } from './offline-notice.tsx';
import { PageLink } from './page-link.tsx';
import { themeName } from './theme-script.ts';
import { refreshSession, useSession } from './use-session.ts';

const pages = [
  { href: '/', label: 'Extract' },
  { href: '/inbox', label: 'Inbox' },
  { href: '/runs', label: 'Runs' },
];

interface SiteHeaderProps {
  readonly leaveIcon: ReactNode;
  readonly themeIcon: ReactNode;
}

/** The icons are drawn by the server, so that the browser needs no code for them. */
export function SiteHeader({ leaveIcon, themeIcon }: SiteHeaderProps) {
  const path = usePathname();
  const { name, counts } = useSession();
  const { refresh } = useRouter();
  const open = counts?.pending;

  async function signOut(): Promise<void> {
    await watchedFetch('/api/session', { method: 'DELETE' });
    refresh();
    await refreshSession();
  }

  return (
    <header className="sticky top-0 z-30">
      <div className="bg-base-100 border-base-300 flex h-14 items-center gap-1 border-b px-2 sm:px-4">
        <nav aria-label="Pages" className="flex grow items-center gap-1">
          {pages.map(({ href, label }) => {
            const isHere = href === '/' ? path === '/' : path.startsWith(href);
            return (
              <PageLink
                key={href}
                href={href}
                aria-current={isHere ? 'page' : undefined}
                className={`btn btn-ghost btn-sm gap-2 ${isHere ? 'btn-active' : 'font-normal'}`}
              >
                {label}
                {href === '/inbox' && open !== undefined && (
                  <span className={open === 0 ? 'sr-only' : 'badge badge-sm badge-primary tabular-nums'}>
                    {open > 999 ? '999+' : open}
                    <span className="sr-only"> open</span>
                  </span>
                )}
              </PageLink>
            );
          })}
        </nav>
        {name !== undefined && (
          <>
            <span className="text-muted max-w-24 truncate text-sm sm:max-w-48">
              <span className="sr-only">Signed in as </span>
              {name}
            </span>
            <button
              type="button"
              className="btn btn-ghost btn-sm btn-square"
              title="Sign out"
              aria-label="Sign out"
              onClick={() => signOut().catch(refuse)}
            >
              {leaveIcon}
            </button>
          </>
        )}
        <button
          type="button"
          className="btn btn-ghost btn-sm btn-square"
          title="Light or dark"
          aria-label="Switch between light and dark"
          onClick={switchTheme}
        >
          {themeIcon}
        </button>
      </div>
      <OfflineNotice />
    </header>
  );
}

function switchTheme(): void {
  const { dataset } = document.documentElement;
  const isDark = (dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem(themeName, dataset.theme);
}
