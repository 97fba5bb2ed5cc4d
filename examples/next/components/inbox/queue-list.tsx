'use client';

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Empty } from '../empty.tsx';
import { Notice, Problem } from '../problem.tsx';
import { useNow } from '../time.tsx';
import type { QueueFilter } from './queue-filter.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueItem } from './queue-item.tsx';
import { useKeys } from './use-keys.ts';
import { useOnline } from './use-online.ts';
import type { Queue } from './use-queue.ts';

const BulkBar = lazy(() => import('./bulk-bar.tsx').then((module) => ({ default: module.BulkBar })));

interface QueueListProps {
  readonly queue: Queue;
  readonly filter: QueueFilter;
  readonly name: string;
  readonly query: string;
  readonly openId: string | undefined;
  readonly onFilter: (change: Readonly<Record<string, string>>) => void;
  readonly onHelp: () => void;
  readonly footer: ReactNode;
}

export function QueueList({ queue, filter, name, query, openId, onFilter, onHelp, footer }: QueueListProps) {
  const now = useNow();
  const isOnline = useOnline();
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
      {!isOnline && (
        <div className="p-3">
          <Notice tone="warning" role="status">
            You are offline. The list updates when you are back online.
          </Notice>
        </div>
      )}
      {queue.error !== undefined && isOnline && (
        <div className="p-3">
          <Problem error={queue.error} again={queue.reload} />
        </div>
      )}
      {(fresh > 0 || gone > 0) && (
        <button type="button" className="btn btn-primary btn-soft btn-sm m-2" onClick={queue.reload}>
          {[...(fresh > 0 ? [`Show ${fresh} new`] : []), ...(gone > 0 ? [`Hide ${gone} decided`] : [])].join(', ')}
        </button>
      )}
      {items === undefined && queue.error === undefined && <QueueSkeleton />}
      {items?.length === 0 && <EmptyQueue filter={filter} onFilter={onFilter} isMore={queue.isMore} />}
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
            onChoose={() => toggle(escalation.id)}
          />
        ))}
      </ul>
      {queue.isMore && <More isLoading={queue.isLoading} onMore={queue.more} count={items?.length ?? 0} />}
      {footer}
      {chosen.size > 0 && (
        <Suspense>
          <BulkBar ids={[...chosen]} name={name} onClear={() => setChosen(new Set())} onChanged={queue.patch} />
        </Suspense>
      )}
    </div>
  );
}

function QueueSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-5 p-3">
      <span className="sr-only">Loading…</span>
      {[1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex flex-col gap-2" aria-hidden="true">
          <div className="skeleton h-4 w-3/4" />
          <div className="skeleton h-3 w-full" />
        </div>
      ))}
    </div>
  );
}

interface EmptyQueueProps {
  readonly filter: QueueFilter;
  readonly onFilter: (change: Readonly<Record<string, string>>) => void;
  /** A search has read part of the inbox so far. */
  readonly isMore: boolean;
}

function EmptyQueue({ filter, onFilter, isMore }: EmptyQueueProps) {
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

interface MoreProps {
  readonly isLoading: boolean;
  readonly count: number;
  readonly onMore: () => void;
}

/** Loads the next page when it comes into view; a button for everybody else. */
function More({ isLoading, count, onMore }: MoreProps) {
  const place = useRef<HTMLDivElement>(null);
  const act = useRef(onMore);
  act.current = onMore;
  useEffect(() => {
    // After each page, so that a short one is followed by the next.
    void count;
    if (place.current === null) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && act.current(), {
      rootMargin: '300px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [count]);
  return (
    <div ref={place} className="p-3 text-center">
      <button type="button" className="btn btn-sm" disabled={isLoading} onClick={onMore}>
        {isLoading && <span className="loading loading-spinner loading-xs" />}
        Load more
      </button>
    </div>
  );
}
