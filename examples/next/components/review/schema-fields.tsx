'use client';

import { useId } from 'react';
import { isObject } from '../../lib/fields.ts';
import { labelOf, nameOf, type Path } from '../../lib/labels.ts';
import { CrossIcon } from '../icons.tsx';

/** The part of JSON Schema that forms are made of. */
export interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
}

interface SchemaFieldsProps {
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly path: Path;
  readonly errorAt: (path: Path) => string | undefined;
  readonly onChange: (value: unknown) => void;
  /** In a row of a table, where the column says what it is. */
  readonly isBare?: boolean;
}

/** Fields for whatever the schema describes: values, objects, lists. */
export function SchemaFields(props: SchemaFieldsProps) {
  const { schema, value, path, errorAt, onChange } = props;
  if (schema.properties !== undefined) {
    const members = isObject(value) ? value : {};
    return (
      <div className={props.isBare ? 'line-fields' : 'grid gap-3 sm:grid-cols-2'}>
        {Object.entries(schema.properties).map(([name, member]) => (
          <div key={name} className={member.items !== undefined ? 'sm:col-span-2' : 'min-w-0'}>
            <SchemaFields
              schema={member}
              value={members[name]}
              path={[...path, name]}
              errorAt={errorAt}
              onChange={(next) => onChange({ ...members, [name]: next })}
              isBare={props.isBare ?? false}
            />
          </div>
        ))}
      </div>
    );
  }
  return schema.items === undefined ? <Field {...props} /> : <ListFields {...props} items={schema.items} />;
}

function ListFields({ items, value, path, errorAt, onChange }: SchemaFieldsProps & { readonly items: FieldSchema }) {
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  const error = errorAt(path);
  const columns = Object.keys(items.properties ?? {});
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-muted mb-1 block text-sm">{labelOf(path)}</legend>
      <div className="text-muted line-row max-sm:hidden text-xs" aria-hidden="true">
        <div className="line-fields">
          {columns.map((column) => (
            <span key={column}>{nameOf(column)}</span>
          ))}
        </div>
        <span className="w-8" />
      </div>
      {elements.map((element, index) => (
        // An element has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: as said
        <div key={index} className="line-row">
          <SchemaFields
            schema={items}
            value={element}
            path={[...path, index]}
            errorAt={errorAt}
            onChange={(next) => onChange(elements.with(index, next))}
            isBare
          />
          <button
            type="button"
            className="btn btn-ghost btn-sm btn-square"
            title="Remove"
            aria-label={`Remove ${labelOf([...path, index])}`}
            onClick={() => onChange(elements.toSpliced(index, 1))}
          >
            <CrossIcon size={14} />
          </button>
        </div>
      ))}
      {error !== undefined && <p className="text-error text-xs">{error}</p>}
      <button type="button" className="btn btn-sm w-fit" onClick={() => onChange([...elements, {}])}>
        Add a line
      </button>
    </fieldset>
  );
}

function Field({ schema, value, path, errorAt, onChange, isBare = false }: SchemaFieldsProps) {
  const id = useId();
  const error = errorAt(path);
  const label = labelOf(path);
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const shared = {
    id,
    'aria-invalid': error !== undefined,
    'aria-describedby': error === undefined ? undefined : `${id}-error`,
    ...(isBare ? { 'aria-label': label } : {}),
  };
  return (
    <>
      {!isBare && (
        <label htmlFor={id} className="text-muted mb-1 block text-sm">
          {label}
        </label>
      )}
      {schema.enum === undefined ? (
        <input
          {...shared}
          className={`input input-sm w-full ${isNumber ? 'text-right tabular-nums' : ''} ${error === undefined ? '' : 'input-error'}`}
          inputMode={isNumber ? 'decimal' : 'text'}
          placeholder={isBare ? nameOf(String(path.at(-1))) : undefined}
          value={isNumber ? numberText(value) : typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(isNumber ? numberIn(event.currentTarget.value) : event.currentTarget.value)}
        />
      ) : (
        <select
          {...shared}
          className={`select select-sm w-full ${error === undefined ? '' : 'select-error'}`}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {['', ...schema.enum].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-error mt-1 text-xs">
          {error}
        </p>
      )}
    </>
  );
}

/** What is typed so far: half a number is a text, which the schema refuses. */
function numberIn(text: string): unknown {
  if (text === '') return undefined;
  return /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(text) ? Number(text) : text;
}

function numberText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}
