'use client';

import { Anchor, Button, Container, Group, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const pages = [
  { href: '/', label: 'Invoices' },
  { href: '/inbox', label: 'Inbox' },
  { href: '/runs', label: 'Runs' },
];

export function SiteHeader() {
  const path = usePathname();
  return (
    <Container component="header" size="xl" py="sm">
      <Group justify="space-between" wrap="nowrap">
        <Group component="nav" aria-label="Pages" gap="lg">
          {pages.map(({ href, label }) => {
            const isHere = href === '/' ? path === '/' : path.startsWith(href);
            return (
              <Anchor
                key={href}
                component={Link}
                href={href}
                aria-current={isHere ? 'page' : undefined}
                c={isHere ? undefined : 'dimmed'}
                fw={isHere ? 700 : 500}
              >
                {label}
              </Anchor>
            );
          })}
        </Group>
        <ColorSchemeButton />
      </Group>
    </Container>
  );
}

function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: true });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Button variant="default" size="xs" onClick={() => setColorScheme(other)}>
      {other === 'dark' ? 'Dark' : 'Light'}
    </Button>
  );
}
