import { Table, Text } from '@mantine/core';
import type { Issue } from 'ai-staged-retry';
import { fieldsOf, labelOf } from '../lib/fields.ts';

interface Column {
  readonly title: string;
  readonly value: unknown;
  readonly issues?: readonly Issue[];
}

interface FieldTableProps {
  readonly caption: string;
  readonly columns: readonly Column[];
}

/** Answers side by side, a row for each field; what fails is marked and says why. */
export function FieldTable({ caption, columns }: FieldTableProps) {
  const answers = columns.map(({ title, value, issues = [] }) => ({ title, issues, fields: fieldsOf(value) }));
  const named = answers.flatMap(({ fields, issues }) => [...fields.keys(), ...issues.map(({ path }) => keyOf(path))]);
  const keys = [...new Set(named)].filter((key) => key !== '[]');
  return (
    <Table.ScrollContainer minWidth={columns.length > 1 ? 180 * columns.length : 0} type="native" tabIndex={0}>
      <Table withTableBorder withColumnBorders captionSide="top">
        <Table.Caption ta="start">{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Field</Table.Th>
            {answers.map(({ title }) => (
              <Table.Th scope="col" key={title}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={500}>
                {labelOf(JSON.parse(key))}
              </Table.Th>
              {answers.map(({ title, fields, issues }) => (
                <FieldCell
                  key={title}
                  value={fields.get(key)}
                  issues={issues.filter(({ path }) => keyOf(path) === key)}
                />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function FieldCell({ value, issues }: { readonly value: unknown; readonly issues: readonly Issue[] }) {
  const isWrong = issues.length > 0;
  return (
    <Table.Td
      data-wrong={isWrong || undefined}
      style={isWrong ? { outline: '2px solid var(--mantine-color-error)', outlineOffset: -2 } : undefined}
    >
      <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
        {value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)}
      </Text>
      {issues.map(({ message }) => (
        <Text key={message} size="xs" c="var(--mantine-color-error)">
          ✗ {message}
        </Text>
      ))}
    </Table.Td>
  );
}

function keyOf(path: Issue['path']): string {
  return JSON.stringify(path);
}
