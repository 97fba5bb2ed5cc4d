import { Empty } from '../empty.tsx';
import type { OnFilter, QueueFilter } from './queue-filter.ts';

interface EmptyQueueProps {
  readonly filter: QueueFilter;
  readonly onFilter: OnFilter;
  /** A search has read part of the inbox so far. */
  readonly isMore: boolean;
}

/** What to do where nothing waits, or nothing is found. */
export function EmptyQueue({ filter, onFilter, isMore }: EmptyQueueProps) {
  if (filter.search !== '' || filter.isMine || filter.from !== '') {
    return (
      <Empty title={isMore ? 'No matches so far' : 'No matches'}>
        <button type="button" className="btn btn-sm" onClick={() => onFilter({ search: '', mine: '', from: '' })}>
          Show all
        </button>
      </Empty>
    );
  }
  if (filter.state !== 'pending') return <Empty title={`Nothing ${filter.state} yet`} />;
  return (
    <Empty title="Nothing to review">
      <p>What the model cannot get right appears here by itself.</p>
    </Empty>
  );
}
