'use client';

import type { Issue } from 'ai-staged-retry';
import { useState } from 'react';
import { count } from '../../lib/count.ts';
import { fieldsOf, isObject, keyOf, pathOf } from '../../lib/fields.ts';
import { formatValue, labelOf } from '../../lib/labels.ts';
import { Fault } from '../answer-view.tsx';

export interface Version {
  readonly title: string;
  readonly value: unknown;
  readonly issues?: readonly Issue[];
}

interface ChangeTableProps {
  readonly caption: string;
  readonly versions: readonly Version[];
}

/** Answers side by side: what changed from one to the next is marked, rows that are equal throughout are folded. */
export function ChangeTable({ caption, versions }: ChangeTableProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  const columns = versions.map(({ title, value, issues = [] }) => ({
    title,
    issues,
    fields: fieldsOf(value),
    currency: isObject(value) ? value.currency : undefined,
  }));
  const named = columns.flatMap(({ fields, issues }) => [...fields.keys(), ...issues.map(({ path }) => keyOf(path))]);
  const keys = [...new Set(named)].filter((key) => key !== '[]');
  const isEqual = (key: string) =>
    columns.every(({ fields, issues }) => {
      return fields.get(key) === columns[0]?.fields.get(key) && issues.every(({ path }) => keyOf(path) !== key);
    });
  const equal = keys.filter(isEqual);
  const shown = isUnfolded ? keys : keys.filter((key) => !isEqual(key));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard */}
      <section className="overflow-x-auto" aria-label={caption} tabIndex={0}>
        <table className="table table-sm">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {columns.map(({ title }) => (
                <th key={title} scope="col" className="min-w-28 sm:min-w-36">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((key) => (
              <tr key={key}>
                <th scope="row" className="text-muted min-w-24 align-top font-normal">
                  {labelOf(pathOf(key))}
                </th>
                {columns.map(({ title, fields, issues, currency }, index) => {
                  const before = columns[index - 1]?.fields;
                  const isChanged = before !== undefined && before.get(key) !== fields.get(key);
                  const faults = issues.filter(({ path }) => keyOf(path) === key);
                  return (
                    <td
                      key={title}
                      className={`align-top tabular-nums ${isChanged ? 'changed' : ''}`}
                      data-changed={isChanged || undefined}
                      data-faulty={faults.length > 0 || undefined}
                    >
                      {isChanged && before.get(key) !== undefined && (
                        <>
                          <del className="text-muted">{formatValue(before.get(key), pathOf(key), currency)}</del>{' '}
                        </>
                      )}
                      {isChanged ? (
                        <ins className="font-semibold no-underline">
                          {formatValue(fields.get(key), pathOf(key), currency)}
                        </ins>
                      ) : (
                        formatValue(fields.get(key), pathOf(key), currency)
                      )}
                      {faults.map(({ message }) => (
                        <Fault key={message}>{message}</Fault>
                      ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {equal.length > 0 && (
        <button
          type="button"
          className="btn btn-ghost btn-sm text-muted m-1 font-normal"
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? 'Hide' : 'Show'} {count(equal.length, 'field')} that did not change
        </button>
      )}
    </>
  );
}
