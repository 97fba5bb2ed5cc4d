import type { Issue } from 'ai-staged-retry';
import type { ReactNode } from 'react';
import { isObject, keyOf } from '../lib/fields.ts';
import { formatValue, isAmount, labelOf, nameOf, type Path } from '../lib/labels.ts';

interface AnswerViewProps {
  /** What the table is called for those who do not see it. */
  readonly caption: string;
  readonly value: unknown;
  readonly issues?: readonly Issue[];
  /** The keys of the values that stand in the source; where it is given, the others are pointed out. */
  readonly inSource?: ReadonlySet<string>;
  /** The key of the value that is looked at. */
  readonly active?: string | undefined;
  readonly onActive?: (key: string | undefined) => void;
}

/** An answer for people: labels, formats, lists as tables; what fails its checks is marked and says why. */
export function AnswerView({ caption, value, ...looks }: AnswerViewProps) {
  if (!isObject(value)) return <p className="verbatim p-3">{formatValue(value, [])}</p>;
  const members = Object.entries(value);
  const lists = members.filter(([, member]) => Array.isArray(member));
  const scalars = members.filter(([, member]) => !Array.isArray(member));
  const named = new Set(members.map(([name]) => name));
  const missing = [...new Set((looks.issues ?? []).map(({ path }) => path[0]))].filter(
    (name): name is string => typeof name === 'string' && !named.has(name),
  );
  const rows = [...scalars, ...missing.map((name): [string, unknown] => [name, undefined])];
  return (
    <>
      <table className="table table-sm">
        <caption className="sr-only">{caption}</caption>
        <tbody>
          {rows.map(([name, member]) => (
            <tr key={name}>
              <th scope="row" className="text-muted w-36 align-top font-normal">
                {nameOf(name)}
              </th>
              <ValueCell value={member} path={[name]} currency={value.currency} {...looks} />
            </tr>
          ))}
        </tbody>
      </table>
      {lists.map(([name, list]) => (
        <ListTable key={name} name={name} list={list as readonly unknown[]} currency={value.currency} {...looks} />
      ))}
    </>
  );
}

type Looks = Omit<AnswerViewProps, 'caption' | 'value'> & { readonly currency: unknown };

function ListTable({ name, list, ...looks }: Looks & { readonly name: string; readonly list: readonly unknown[] }) {
  const columns = [...new Set(list.flatMap((element) => (isObject(element) ? Object.keys(element) : [])))];
  const faults = issuesAt(looks.issues, [name]);
  return (
    <div className="overflow-x-auto">
      <table className="table table-sm">
        <caption className="text-muted px-3 pt-3 pb-1 text-left text-sm">
          {nameOf(name)}
          {faults.map((message) => (
            <Fault key={message}>{message}</Fault>
          ))}
        </caption>
        {columns.length > 0 && (
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={columnClass([name, 0, column], list, column)}>
                  {nameOf(column)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {list.map((element, index) => (
            // An element has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: as said
            <tr key={index}>
              {isObject(element) ? (
                columns.map((column) => (
                  <ValueCell
                    key={column}
                    value={element[column]}
                    path={[name, index, column]}
                    className={columnClass([name, index, column], list, column)}
                    {...looks}
                  />
                ))
              ) : (
                <ValueCell value={element} path={[name, index]} {...looks} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ValueCellProps extends Looks {
  readonly value: unknown;
  readonly path: Path;
  readonly className?: string;
}

function ValueCell({
  value,
  path,
  className = '',
  currency,
  issues,
  inSource,
  active,
  onActive = () => {},
}: ValueCellProps) {
  const key = keyOf(path);
  const faults = issuesAt(issues, path);
  const isMissing = inSource !== undefined && value !== undefined && !inSource.has(key);
  const looks = faults.length > 0 ? 'faulty' : active === key ? 'bg-base-200' : '';
  return (
    <td
      className={`align-top ${className} ${looks}`}
      data-faulty={faults.length > 0 || undefined}
      onPointerEnter={() => onActive(key)}
      onPointerLeave={() => onActive(undefined)}
    >
      <span className="wrap-anywhere">{formatValue(value, path, currency)}</span>
      {isMissing && <span className="text-warning block text-xs">not in the source</span>}
      {faults.map((message) => (
        <Fault key={message}>{message}</Fault>
      ))}
    </td>
  );
}

export function Fault({ children }: { readonly children: ReactNode }) {
  return (
    <span className="text-error block text-xs">
      <span aria-hidden="true">✗ </span>
      {children}
    </span>
  );
}

/** Issues that belong to no single value, under the label of what they are about. */
export function WholeIssues({ issues }: { readonly issues: readonly Issue[] }) {
  const whole = issues.filter(({ path }) => path.length === 0);
  return whole.map(({ check, message }) => (
    <p key={`${check} ${message}`} className="faulty px-3 py-2 text-sm">
      <Fault>{message}</Fault>
    </p>
  ));
}

/** One finding in a list: where, and what. */
export function IssueLine({ issue: { path, message } }: { readonly issue: Issue }) {
  return (
    <li>
      {path.length > 0 && <strong className="font-semibold">{labelOf(path)}: </strong>}
      {message}
    </li>
  );
}

function issuesAt(issues: readonly Issue[] = [], path: Path): readonly string[] {
  const key = keyOf(path);
  return [...new Set(issues.filter((issue) => keyOf(issue.path) === key).map(({ message }) => message))];
}

/** Numbers stand under each other. */
function columnClass(path: Path, list: readonly unknown[], column: string): string {
  const isNumeric = isAmount(path) || list.some((element) => isObject(element) && typeof element[column] === 'number');
  return isNumeric ? 'text-right tabular-nums' : '';
}
