'use client';

import { isObject } from '../../lib/fields.ts';
import { labelOf } from '../../lib/labels.ts';
import { nameOf } from '../../lib/name-of.ts';
import { CrossIcon } from '../mark-icons.tsx';
import { marksFault } from './form-keys.ts';
import { type FieldSchema, SchemaField, type SchemaFieldsProps } from './schema-field.tsx';

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
  return schema.items === undefined ? <SchemaField {...props} /> : <ListFields {...props} items={schema.items} />;
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
      <button
        {...(error === undefined ? {} : marksFault)}
        type="button"
        className="btn btn-sm w-fit"
        onClick={() => onChange([...elements, {}])}
      >
        Add a line
      </button>
    </fieldset>
  );
}
