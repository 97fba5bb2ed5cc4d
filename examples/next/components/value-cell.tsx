import type { Issue } from 'ai-staged-retry';
import { keyOf } from '../lib/fields.ts';
import { formatValue, type Path } from '../lib/labels.ts';
import { Fault, messagesAt } from './issues.tsx';

/** How the values of an answer look. */
export interface AnswerLooks {
  readonly issues?: readonly Issue[];
  /** The keys of the values that stand in the source; where it is given, the others are pointed out. */
  readonly inSource?: ReadonlySet<string> | undefined;
  /** Of the amounts in the answer. */
  readonly currency?: unknown;
}

interface ValueCellProps extends AnswerLooks {
  readonly value: unknown;
  readonly path: Path;
  readonly className?: string;
}

/** One value, with what is wrong with it. */
export function ValueCell({ value, path, className = '', currency, issues, inSource }: ValueCellProps) {
  const key = keyOf(path);
  const faults = messagesAt(issues, path);
  const isMissing = inSource !== undefined && value !== undefined && !inSource.has(key);
  return (
    <td
      className={`answer-value align-top ${className} ${faults.length > 0 ? 'faulty' : ''}`}
      data-key={inSource === undefined ? undefined : key}
      data-faulty={faults.length > 0 || undefined}
    >
      <span className="wrap-anywhere">{formatValue(value, path, currency)}</span>
      {isMissing && <span className="text-warning block text-xs">not in the source</span>}
      {faults.map((message) => (
        <Fault key={message}>{message}</Fault>
      ))}
    </td>
  );
}
