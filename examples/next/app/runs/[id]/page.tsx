import type { Metadata } from 'next';
import { RunTrace } from '../../../components/runs/run-trace.tsx';
import { Team } from '../../../components/team.tsx';

export const metadata: Metadata = { title: 'Run' };

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Team>
      <main className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-6">
        <RunTrace id={decodeURIComponent(id)} />
      </main>
    </Team>
  );
}
