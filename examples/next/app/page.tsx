import { Text, Title } from '@mantine/core';
import { invoices } from '../../practice-server/invoices.ts';
import { Extraction } from '../components/extraction.tsx';

export default function Page() {
  return (
    <>
      <Title order={1} size="h2">
        Extract an invoice
      </Title>
      <Text c="dimmed" mb="md">
        An answer that fails its checks is asked for again, then with a tool; at last a person decides.
      </Text>
      <Extraction samples={invoices.map(({ number, mail }) => ({ number, mail }))} />
    </>
  );
}
