'use client';

import type { EscalationSummary } from 'ai-staged-retry';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, Suspense, useCallback, useMemo, useRef, useState, useTransition } from 'react';
import { withServer } from '../connection.ts';
import { part } from '../part.ts';
import { type DecisionMessage, QueueProvider } from './queue-context.ts';
import { filterIn, type OnFilter, queryOf } from './queue-filter.ts';
import { searchId } from './queue-filters.tsx';
import { QueueList } from './queue-list.tsx';
import { isOnItsWay, useKeys } from './use-keys.ts';
import { useQueue } from './use-queue.ts';

const KeyboardHelp = part(() => import('./keyboard-help.tsx').then(({ KeyboardHelp }) => KeyboardHelp));

interface InboxPanesProps {
  readonly name: string;
  readonly skeleton: ReactNode;
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** The queue beside what is open; on a phone one of the two. */
export function InboxPanes({ name, skeleton, footer, children }: InboxPanesProps) {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const filter = useMemo(() => filterIn(params), [params]);
  const query = queryOf(params, {});
  const queue = useQueue(filter, name);
  const [message, setMessage] = useState<DecisionMessage>();
  const [isOpening, begin] = useTransition();
  /** What is on its way. */
  const nextId = useRef<string>(undefined);
  const [showsKeys, setShowsKeys] = useState(false);
  const openId = path.startsWith('/inbox/') ? decodeURIComponent(path.slice('/inbox/'.length)) : undefined;
  const items = queue.items ?? [];

  const change: OnFilter = (changes, { goesOn } = { goesOn: false }) => {
    const changed = queryOf(params, changes);
    if (changed === query) return;
    window.history[goesOn ? 'replaceState' : 'pushState'](null, '', `${path}${changed}`);
  };

  const open = useCallback(
    (id: string | undefined) => {
      withServer(() => {
        nextId.current = id;
        if (id === undefined) scrollTo(0, 0); // on a phone, where the queue takes the place of what was open
        begin(() => router.push(id === undefined ? `/inbox${query}` : `/inbox/${id}${query}`, { scroll: false }));
      });
    },
    [router, query],
  );

  function step(by: 1 | -1): void {
    const from = isOpening ? nextId.current : openId;
    const at = items.findIndex(({ id }) => id === from);
    const next = at === -1 ? (by === 1 ? items[0] : items.at(-1)) : items[at + by];
    if (next === undefined) return void queue.more();
    setMessage(undefined);
    open(next.id);
    document.querySelector(`[data-item="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      '/': () => document.getElementById(searchId)?.focus(),
      '?': () => setShowsKeys(true),
      u: () => open(undefined),
    },
    { leadElsewhere: true },
  );

  const latest = useRef({ items, openId });
  latest.current = { items, openId };
  const { patch } = queue;
  const openNext = useCallback(
    (said: DecisionMessage) => {
      const { items, openId } = latest.current;
      const at = items.findIndex(({ id }) => id === openId);
      const waiting = ({ id, state }: EscalationSummary) => state === 'pending' && id !== openId;
      setMessage(said);
      open((items.slice(at + 1).find(waiting) ?? items.find(waiting))?.id);
    },
    [open],
  );
  const isWhole = filter.state === 'pending' && filter.search === '' && !filter.isMine && filter.from === '';
  const isRead = queue.items !== undefined && !queue.isMore && queue.fresh === 0;
  const isDone = isWhole && isRead && items.every(({ state }) => state !== 'pending');
  const context = useMemo(
    () => ({ name, patch, open, openNext, isDone, query }),
    [name, patch, open, openNext, isDone, query],
  );

  return (
    <main className="panes" data-open={openId !== undefined || undefined}>
      <QueueList
        queue={queue}
        filter={filter}
        name={name}
        query={query}
        openId={openId}
        onOpen={open}
        onFilter={change}
        onHelp={() => setShowsKeys(true)}
        skeleton={skeleton}
        footer={footer}
      />
      <div className="detail" {...(isOpening ? isOnItsWay : {})}>
        <p role="status" className={`px-4 pt-3 text-sm empty:hidden lg:px-6 ${message?.tone ?? ''}`}>
          {message?.text}
        </p>
        <QueueProvider value={context}>{children}</QueueProvider>
      </div>
      <Suspense>{showsKeys && <KeyboardHelp onClose={() => setShowsKeys(false)} />}</Suspense>
    </main>
  );
}
