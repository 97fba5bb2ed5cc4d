import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { InboxPanes } from '../../components/inbox/inbox-panes.tsx';
import { QueueSkeleton } from '../../components/inbox/queue-skeleton.tsx';
import { MemoryNote, Team } from '../../components/team.tsx';
import { signedIn } from '../../lib/session.ts';

export const metadata: Metadata = { title: 'Inbox' };

export default async function InboxLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Team>
      <InboxPanes name={(await signedIn()) ?? ''} skeleton={<QueueSkeleton />} footer={<MemoryNote />}>
        {children}
      </InboxPanes>
    </Team>
  );
}
