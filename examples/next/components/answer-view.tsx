import type { Issue } from 'ai-staged-retry';
import { isObject } from '../lib/fields.ts';
import { formatValue } from '../lib/labels.ts';
import { nameOf } from '../lib/name-of.ts';
import { ListTable, MoreOf } from './list-table.tsx';
import { type AnswerLooks, ValueCell } from './value-cell.tsx';
import { Verbatim } from './verbatim.tsx';

/** More members are not read in a table. */
const most = 200;

interface AnswerViewProps extends Omit<AnswerLooks, 'currency'> {
  /** What the table is called for those who do not see it. */
  readonly caption: string;
  readonly value: unknown;
}

/** An answer for people: labels, formats, lists as tables; what fails its checks is marked and says why. */
export function AnswerView({ caption, value, ...given }: AnswerViewProps) {
  if (!isObject(value)) return <Verbatim label={caption}>{formatValue(value, [])}</Verbatim>;
  const looks: AnswerLooks = { ...given, currency: value.currency };
  const members = Object.entries(value);
  const lists = members.filter(([, member]) => Array.isArray(member));
  const scalars = members.filter(([, member]) => !Array.isArray(member));
  const rows = [...scalars.slice(0, most), ...missingIn(value, given.issues)];
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
              <ValueCell value={member} path={[name]} {...looks} />
            </tr>
          ))}
        </tbody>
      </table>
      <MoreOf number={scalars.length - most} noun="field" />
      {lists.map(([name, list]) => (
        <ListTable key={name} name={name} list={list as readonly unknown[]} {...looks} />
      ))}
    </>
  );
}

/** Members that the issues name and the answer lacks. */
function missingIn(value: Readonly<Record<string, unknown>>, issues: readonly Issue[] = []): [string, undefined][] {
  const names = new Set(issues.map(({ path }) => path[0]));
  return [...names].flatMap((name) =>
    typeof name === 'string' && !Object.hasOwn(value, name) ? [[name, undefined]] : [],
  );
}
