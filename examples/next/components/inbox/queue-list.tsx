'use client';

import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Problem } from '../problem.tsx';
import { useNow } from '../time.tsx';
import type { QueueFilter } from './queue-filter.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueItem } from './queue-item.tsx';
import { useKeys } from './use-keys.ts';
import type { Queue } from './use-queue.ts';

const EmptyQueue = lazy(() => import('./empty-queue.tsx').then((module) => ({ default: module.EmptyQueue })));
const MoreOfQueue = lazy(() => import('./more-of-queue.tsx').then((module) => ({ default: module.MoreOfQueue })));
const BulkBar = lazy(() => import('./bulk-bar.tsx').then((module) => ({ default: module.BulkBar })));

interface QueueListProps {
  readonly queue: Queue;
  readonly filter: QueueFilter;
  readonly name: string;
  readonly query: string;
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onFilter: (change: Readonly<Record<string, string>>) => void;
  readonly onHelp: () => void;
  /** Stands in for the list until it is read. */
  readonly skeleton: ReactNode;
  readonly footer: ReactNode;
}

export function QueueList(props: QueueListProps) {
  const { queue, filter, name, query, openId, onOpen, onFilter, onHelp, skeleton, footer } = props;
  const now = useNow();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { items, fresh } = queue;
  const isOpenList = filter.state === 'pending';
  const gone = isOpenList ? (items ?? []).filter(({ state }) => state !== 'pending').length : 0;

  function toggle(id: string): void {
    setChosen((known) => {
      const next = new Set(known);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  useKeys({ x: () => openId !== undefined && isOpenList && toggle(openId) });

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
            isChosen={isOpenList ? chosen.has(escalation.id) : undefined}
            onOpen={() => onOpen(escalation.id)}
            onChoose={() => toggle(escalation.id)}
          />
        ))}
      </ul>
      <Suspense>
        {queue.isMore && <MoreOfQueue isLoading={queue.isLoading} onMore={queue.more} count={items?.length ?? 0} />}
      </Suspense>
      {footer}
      {chosen.size > 0 && (
        <Suspense>
          <BulkBar ids={[...chosen]} name={name} onClear={() => setChosen(new Set())} onChanged={queue.patch} />
        </Suspense>
      )}
    </div>
  );
}
