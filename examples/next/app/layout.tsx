import '@mantine/core/styles.css';
import { ColorSchemeScript, Container, MantineProvider, mantineHtmlProps } from '@mantine/core';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { SiteHeader } from '../components/site-header.tsx';
import { theme, variables } from '../components/theme.ts';

export const metadata: Metadata = {
  title: { default: 'Invoices', template: '%s · Invoices' },
  description: 'Invoices extracted by a model whose answers are checked.',
};

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <MantineProvider defaultColorScheme="auto" theme={theme} cssVariablesResolver={variables}>
          <SiteHeader />
          <Container component="main" size="xl" pb="xl">
            {children}
          </Container>
        </MantineProvider>
      </body>
    </html>
  );
}
