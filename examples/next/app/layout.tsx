import './globals.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { LeaveIcon, ThemeIcon } from '../components/icons.tsx';
import { SiteHeader } from '../components/site-header.tsx';
import { keptThemeScript } from '../components/theme-script.ts';

export const metadata: Metadata = {
  title: { default: 'Invoices', template: '%s · Invoices' },
  description: 'Invoices extracted by a model whose answers are checked.',
};

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    // The script below sets the theme before React sees the page.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: keptThemeScript }} />
      </head>
      <body>
        <SiteHeader leaveIcon={<LeaveIcon />} themeIcon={<ThemeIcon />} />
        {children}
      </body>
    </html>
  );
}
