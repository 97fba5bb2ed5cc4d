import { count } from '../lib/count.ts';
import { isObject } from '../lib/fields.ts';
import { isAmount } from '../lib/labels.ts';
import { nameOf } from '../lib/name-of.ts';
import { FaultsAt } from './issues.tsx';
import { type AnswerLooks, ValueCell } from './value-cell.tsx';

/** More is not read in a table; the full text holds it. */
const most = { rows: 200, columns: 20 };

interface ListTableProps extends AnswerLooks {
  readonly name: string;
  readonly list: readonly unknown[];
}

/** A list of an answer as a table: a row for each element, a column for each of their members. */
export function ListTable({ name, list, ...looks }: ListTableProps) {
  const shown = list.slice(0, most.rows);
  const columns = columnsOf(shown);
  return (
    <div className="overflow-x-auto">
      <table className="table table-sm">
        <caption className="text-muted px-3 pt-3 pb-1 text-left text-sm">
          {nameOf(name)}
          <FaultsAt issues={looks.issues} path={[name]} />
        </caption>
        {columns.length > 0 && (
          <thead>
            <tr>
              {columns.map(({ column, className }) => (
                <th key={column} scope="col" className={className}>
                  {nameOf(column)}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {shown.map((element, index) => (
            // An element has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: as said
            <tr key={index}>
              {isObject(element) ? (
                columns.map(({ column, className }) => (
                  <ValueCell
                    key={column}
                    value={element[column]}
                    path={[name, index, column]}
                    className={className}
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
      <MoreOf number={list.length - shown.length} noun="row" />
    </div>
  );
}

/** Says that there is more than is shown. */
export function MoreOf({ number, noun }: { readonly number: number; readonly noun: string }) {
  if (number <= 0) return null;
  return <p className="text-warning px-3 py-2 text-sm">And {count(number, `more ${noun}`)} not shown here.</p>;
}

interface Column {
  readonly column: string;
  readonly className: string;
}

/** The members of the elements; numbers stand under each other. */
function columnsOf(list: readonly unknown[]): readonly Column[] {
  const elements = list.filter(isObject);
  const names = [...new Set(elements.flatMap((element) => Object.keys(element)))].slice(0, most.columns);
  return names.map((column) => {
    const isNumeric = isAmount([column]) || elements.some((element) => typeof element[column] === 'number');
    return { column, className: isNumeric ? 'text-right tabular-nums' : '' };
  });
}
