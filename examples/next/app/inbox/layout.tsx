import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Team } from '../../components/team.tsx';

export const metadata: Metadata = { title: 'Inbox' };

export default function InboxLayout({ children }: { readonly children: ReactNode }) {
  return <Team>{children}</Team>;
}
