import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunList } from '../../components/runs/run-list.tsx';
import { MemoryNote, Team } from '../../components/team.tsx';

export const metadata: Metadata = { title: 'Runs' };

export default function Page() {
  return (
    <Team>
      <main className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-6">
        <h1>Runs</h1>
        <Suspense>
          <RunList />
        </Suspense>
        <MemoryNote />
      </main>
    </Team>
  );
}
