import { Title } from '@mantine/core';
import { EscalationList } from '../../components/escalation-list.tsx';

export default function Page() {
  return (
    <>
      <Title order={1} size="h2" mb="md">
        Inbox
      </Title>
      <EscalationList />
    </>
  );
}
