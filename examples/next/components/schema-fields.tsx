'use client';

import { Button, Fieldset, Grid, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { labelOf } from '../lib/fields.ts';

/** The JSON Schemas a form can be made from: objects, lists, choices, numbers and texts. */
export interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
}

export type FieldPath = readonly (string | number)[];

interface SchemaFieldsProps {
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly path: FieldPath;
  readonly label: string;
  readonly errorAt: (path: FieldPath) => string | undefined;
  readonly onChange: (value: unknown) => void;
}

export function SchemaFields(props: SchemaFieldsProps) {
  const { schema, value, path, label, errorAt, onChange } = props;
  const error = errorAt(path);
  if (schema.properties !== undefined) return <ObjectFields {...props} properties={schema.properties} />;
  if (schema.items !== undefined) return <ListFields {...props} items={schema.items} />;
  if (schema.enum !== undefined) {
    return (
      <NativeSelect
        label={label}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={['', ...schema.enum]}
        error={error}
      />
    );
  }
  if (schema.type === 'number' || schema.type === 'integer') {
    return (
      <NumberInput
        label={label}
        value={typeof value === 'number' || typeof value === 'string' ? value : ''}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        hideControls
        inputMode="decimal"
        error={error}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

function ObjectFields({
  properties,
  value,
  path,
  label,
  errorAt,
  onChange,
}: SchemaFieldsProps & { readonly properties: Readonly<Record<string, FieldSchema>> }) {
  const members: Readonly<Record<string, unknown>> = isObject(value) ? value : {};
  return (
    <Fieldset legend={label} variant={path.length === 0 ? 'unstyled' : 'default'}>
      <Grid gap="sm">
        {Object.entries(properties).map(([name, schema]) => (
          <Grid.Col key={name} span={isGroup(schema) ? 12 : { base: 12, xs: 4 }}>
            <SchemaFields
              schema={schema}
              value={members[name]}
              path={[...path, name]}
              label={name}
              errorAt={errorAt}
              onChange={(member) => onChange({ ...members, [name]: member })}
            />
          </Grid.Col>
        ))}
      </Grid>
    </Fieldset>
  );
}

function ListFields({
  items,
  value,
  path,
  label,
  errorAt,
  onChange,
}: SchemaFieldsProps & { readonly items: FieldSchema }) {
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  const error = errorAt(path);
  return (
    <Fieldset legend={label} variant="unstyled">
      <Stack gap="sm">
        {elements.map((element, index) => (
          // An element has no identity but its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: as said
          <div key={index}>
            <SchemaFields
              schema={items}
              value={element}
              path={[...path, index]}
              label={labelOf([label, index])}
              errorAt={errorAt}
              onChange={(next) => onChange(elements.with(index, next))}
            />
            <Button
              size="xs"
              variant="default"
              mt="xs"
              aria-label={`Remove ${labelOf([label, index])}`}
              onClick={() => onChange(elements.toSpliced(index, 1))}
            >
              Remove
            </Button>
          </div>
        ))}
        {error !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)">
            {error}
          </Text>
        )}
        <Group>
          <Button size="xs" variant="default" onClick={() => onChange([...elements, {}])}>
            Add to {label}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

function isGroup({ properties, items }: FieldSchema): boolean {
  return properties !== undefined || items !== undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
