import type { Issue } from 'ai-staged-retry';
import { fieldsOf, isObject, keyOf, pathOf } from '../../lib/fields.ts';
import { formatValue, labelOf } from '../../lib/labels.ts';
import { Fault, messageText } from '../issues.tsx';
import { MoreOf } from '../list-table.tsx';
import { Unfold } from './unfold.tsx';

export interface Version {
  readonly title: string;
  readonly value: unknown;
  readonly issues?: readonly Issue[];
}

interface ChangeTableProps {
  readonly caption: string;
  readonly versions: readonly Version[];
}

/** More rows are not read in a table. */
const most = 200;

/** Answers side by side: what changed from one to the next is marked, rows that are equal throughout are folded. */
export function ChangeTable({ caption, versions }: ChangeTableProps) {
  const columns = versions.map(columnOf);
  const keys = [...new Set(columns.flatMap(({ fields, faults }) => [...fields.keys(), ...faults.keys()]))];
  const named = keys.filter((key) => key !== keyOf([]));
  const changed = new Set(named.filter((key) => columns.some((column) => isChanged(column, columns[0], key))));
  const rows = drawnOf(named, changed);
  return (
    <Unfold equal={named.length - changed.size}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard */}
      <section className="more-sideways overflow-x-auto" aria-label={caption} tabIndex={0}>
        <table className="table table-sm">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              {columns.map(({ title }) => (
                <th key={title} scope="col" className="min-w-28 whitespace-normal sm:min-w-36">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((key) => (
              <tr key={key} data-equal={!changed.has(key) || undefined}>
                <th
                  scope="row"
                  className="text-muted bg-base-100 sticky left-0 min-w-24 align-top font-normal wrap-anywhere"
                >
                  {labelOf(pathOf(key))}
                </th>
                {columns.map((column, index) => (
                  <ChangeCell key={column.title} column={column} before={columns[index - 1]} fieldKey={key} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <MoreOf number={named.length - rows.length} noun="field" />
      </section>
    </Unfold>
  );
}

/** The rows that are drawn, in their order: those that changed before those that did not. */
function drawnOf(keys: readonly string[], changed: ReadonlySet<string>): readonly string[] {
  if (keys.length <= most) return keys;
  const equal = keys.filter((key) => !changed.has(key));
  const drawn = new Set([...changed, ...equal].slice(0, most));
  return keys.filter((key) => drawn.has(key));
}

interface ChangeCellProps {
  readonly column: Column;
  readonly before: Column | undefined;
  readonly fieldKey: string;
}

function ChangeCell({ column, before, fieldKey }: ChangeCellProps) {
  const { fields, faults, currency } = column;
  const path = pathOf(fieldKey);
  const [was, is] = [before?.fields.get(fieldKey), fields.get(fieldKey)];
  const isNew = before !== undefined && was !== is;
  const messages = faults.get(fieldKey) ?? new Set<string>();
  return (
    <td
      className={`align-top wrap-anywhere tabular-nums ${isNew ? 'changed' : ''}`}
      data-changed={isNew || undefined}
      data-faulty={messages.size > 0 || undefined}
    >
      {isNew && was !== undefined && (
        <>
          <del className="text-muted">{formatValue(was, path, currency)}</del>{' '}
        </>
      )}
      {isNew ? (
        <ins className="font-semibold no-underline">{formatValue(is, path, currency)}</ins>
      ) : (
        formatValue(is, path, currency)
      )}
      {[...messages].map((message) => (
        <Fault key={message}>{message}</Fault>
      ))}
    </td>
  );
}

interface Column {
  readonly title: string;
  readonly fields: ReadonlyMap<string, unknown>;
  /** What the checks say of each field. */
  readonly faults: ReadonlyMap<string, ReadonlySet<string>>;
  readonly currency: unknown;
}

function columnOf({ title, value, issues = [] }: Version): Column {
  const faults = new Map<string, Set<string>>();
  for (const { path, message } of issues) {
    const key = keyOf(path);
    faults.set(key, (faults.get(key) ?? new Set()).add(messageText(message)));
  }
  return { title, fields: fieldsOf(value), faults, currency: isObject(value) ? value.currency : undefined };
}

function isChanged({ fields, faults }: Column, first: Column | undefined, key: string): boolean {
  return faults.has(key) || fields.get(key) !== first?.fields.get(key);
}
