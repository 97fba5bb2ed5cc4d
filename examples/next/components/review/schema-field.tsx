'use client';

import { useId } from 'react';
import { labelOf, type Path } from '../../lib/labels.ts';
import { nameOf } from '../../lib/name-of.ts';

/** The part of JSON Schema that forms are made of. */
export interface FieldSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
}

export interface SchemaFieldsProps {
  readonly schema: FieldSchema;
  readonly value: unknown;
  readonly path: Path;
  readonly errorAt: (path: Path) => string | undefined;
  readonly onChange: (value: unknown) => void;
  /** In a row of a table, where the column says what it is. */
  readonly isBare?: boolean;
}

/** One value to fill in, with what is wrong with it. */
export function SchemaField({ schema, value, path, errorAt, onChange, isBare = false }: SchemaFieldsProps) {
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
      {isBare ? (
        <span className="text-muted text-xs sm:hidden" aria-hidden="true">
          {nameOf(String(path.at(-1)))}
        </span>
      ) : (
        <label htmlFor={id} className="text-muted mb-1 block text-sm">
          {label}
        </label>
      )}
      {schema.enum === undefined ? (
        <input
          {...shared}
          className={`input input-sm w-full ${isNumber ? 'text-right tabular-nums' : ''} ${error === undefined ? '' : 'input-error'}`}
          inputMode={isNumber ? 'decimal' : 'text'}
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
