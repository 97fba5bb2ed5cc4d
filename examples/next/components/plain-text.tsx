import { Paper, Text } from '@mantine/core';

/** Somebody's words as they are: nothing in them is markup. */
export function PlainText({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Paper withBorder p="sm">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" ff="monospace" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </Paper>
  );
}
