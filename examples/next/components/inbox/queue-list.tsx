'use client';

import { type ReactNode, Suspense } from 'react';
import { part } from '../part.ts';
import { Problem } from '../problem.tsx';
import { useNow } from '../time.tsx';
import { useNear } from '../use-near.ts';
import type { OnFilter, QueueFilter } from './queue-filter.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueItem } from './queue-item.tsx';
import { useChosen } from './use-chosen.ts';
import { useKeys } from './use-keys.ts';
import type { Queue } from './use-queue.ts';

const EmptyQueue = part(() => import('./empty-queue.tsx').then(({ EmptyQueue }) => EmptyQueue));
const BulkBar = part(() => import('./bulk-bar.tsx').then(({ BulkBar }) => BulkBar));

interface QueueListProps {
  readonly queue: Queue;
  readonly filter: QueueFilter;
  readonly name: string;
  readonly query: string;
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onFilter: OnFilter;
  readonly onHelp: () => void;
  /** Stands in for the list until it is read. */
  readonly skeleton: ReactNode;
  readonly footer: ReactNode;
}

export function QueueList(props: QueueListProps) {
  const { queue, filter, name, query, openId, onOpen, onFilter, onHelp, skeleton, footer } = props;
  const now = useNow();
  const { items, fresh } = queue;
  const chosen = useChosen(items ?? [], JSON.stringify(filter));
  const isOpenList = filter.state === 'pending';
  const gone = isOpenList ? (items ?? []).filter(({ state }) => state !== 'pending').length : 0;

  // After each page, so that a short one is followed by the next; a button for everybody else.
  const end = useNear(queue.more, items?.length);

  useKeys({ x: () => openId !== undefined && chosen.toggle(openId) });

  return (
    <div className="queue border-base-300 bg-base-100 flex flex-col lg:border-r">
      <div className="flex items-center justify-between px-3 pt-3">
        <h1>Inbox</h1>
        <button type="button" className="btn btn-ghost btn-xs hidden lg:inline-flex" onClick={onHelp}>
          Shortcuts <kbd className="kbd kbd-xs">?</kbd>
        </button>
      </div>
      <QueueFilters filter={filter} onChange={onFilter} />
      {queue.error !== undefined && (
        <div className="p-3">
          <Problem error={queue.error} again={queue.reload} />
        </div>
      )}
      {(fresh > 0 || gone > 0) && (
        <button type="button" className="btn btn-primary btn-soft btn-sm m-2" onClick={queue.reload}>
          {[...(fresh > 0 ? [`Show ${fresh} new`] : []), ...(gone > 0 ? [`Hide ${gone} decided`] : [])].join(', ')}
        </button>
      )}
      {items === undefined && queue.error === undefined && skeleton}
      <Suspense>
        {items?.length === 0 && <EmptyQueue filter={filter} onFilter={onFilter} isMore={queue.isMore} />}
      </Suspense>
      <ul aria-label="Escalations">
        {items?.map((escalation) => (
          <QueueItem
            key={escalation.id}
            escalation={escalation}
            query={query}
            now={now}
            name={name}
            isOpen={escalation.id === openId}
            isChosen={isOpenList ? chosen.ids.includes(escalation.id) : undefined}
            onOpen={() => onOpen(escalation.id)}
            onChoose={() => chosen.toggle(escalation.id)}
          />
        ))}
      </ul>
      <div ref={end} className="text-center">
        {queue.isMore && (
          <button type="button" className="btn btn-sm m-3" disabled={queue.isLoading} onClick={queue.more}>
            Load more
          </button>
        )}
      </div>
      {footer}
      {chosen.isBegun && (
        <Suspense>
          <BulkBar ids={chosen.ids} name={name} onClear={chosen.clear} onChanged={queue.patch} />
        </Suspense>
      )}
    </div>
  );
}
