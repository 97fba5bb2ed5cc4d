import { Title } from '@mantine/core';
import type { Metadata } from 'next';
import { Runs } from '../../components/runs.tsx';
import { Team } from '../../components/team.tsx';

export const metadata: Metadata = { title: 'Runs' };

export default function Page() {
  return (
    <Team>
      <Title order={1} size="h2" mb="md">
        Runs
      </Title>
      <Runs />
    </Team>
  );
}
