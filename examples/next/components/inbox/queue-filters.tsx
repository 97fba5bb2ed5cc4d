'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatNumber } from '../../lib/count.ts';
import { refreshSession, useSession } from '../use-session.ts';
import { onInboxChange } from './inbox-client.ts';
import { type OnFilter, orders, type QueueFilter, tabs } from './queue-filter.ts';

interface QueueFiltersProps {
  readonly filter: QueueFilter;
  readonly onChange: OnFilter;
}

const typingMs = 250;
export const searchId = 'queue-search';

export function QueueFilters({ filter, onChange }: QueueFiltersProps) {
  const { counts } = useSession();
  useEffect(() => onInboxChange(() => void refreshSession()), []);
  return (
    <div className="border-base-300 bg-base-100 z-10 flex flex-col gap-2 border-b p-3 lg:sticky lg:top-0">
      <div className="flex items-center gap-1">
        {tabs.map(({ state, label }) => (
          <button
            key={state}
            type="button"
            aria-pressed={filter.state === state}
            className={`btn btn-sm ${filter.state === state ? 'btn-active font-semibold' : 'btn-ghost font-normal'}`}
            onClick={() => onChange({ state: state === 'pending' ? '' : state, order: '' })}
          >
            {label}
            <span className="text-muted tabular-nums">{counts && formatNumber(counts[state])}</span>
          </button>
        ))}
      </div>
      <SearchForm search={filter.search} onChange={onChange} />
      <div className="flex items-center gap-2">
        <select
          aria-label="Order"
          className="select select-sm min-w-0 grow"
          value={filter.order}
          onChange={(event) => onChange({ order: event.currentTarget.value })}
        >
          {orders.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <label className="flex shrink-0 cursor-pointer items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="toggle toggle-primary toggle-sm"
            checked={filter.isMine}
            onChange={(event) => onChange({ mine: event.currentTarget.checked ? '1' : '' })}
          />
          Mine
        </label>
      </div>
      {filter.from !== '' && (
        <button type="button" className="btn btn-xs w-fit max-w-full" onClick={() => onChange({ from: '' })}>
          <span className="truncate">From {filter.from}</span>
          <span aria-hidden="true">✕</span>
          <span className="sr-only">, show all senders</span>
        </button>
      )}
    </div>
  );
}

interface SearchFormProps {
  readonly search: string;
  readonly onChange: OnFilter;
}

/** Searches while somebody types, from when they enter the field to when they leave it: one step back undoes it. */
function SearchForm({ search, onChange }: SearchFormProps) {
  const [words, setWords] = useState(search);
  /** What was searched for last, while the typing goes on. */
  const typed = useRef<string>(undefined);

  useEffect(() => setWords(search), [search]);

  useEffect(() => {
    if (words === search) return;
    const timer = setTimeout(look, typingMs);
    return () => clearTimeout(timer);
  });

  function look(): void {
    onChange({ search: words }, { goesOn: typed.current === search });
    typed.current = words;
  }

  function finish(): void {
    typed.current = undefined;
  }

  /** The keys of the queue are free again. */
  function leave(): void {
    document.getElementById(searchId)?.blur();
  }

  /** Escape leaves the field; the browser would empty it as well. */
  function keep(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    leave();
  }

  function send(event: FormEvent): void {
    event.preventDefault();
    look();
    leave();
  }

  return (
    <search>
      <form onSubmit={send}>
        <input
          id={searchId}
          type="search"
          aria-label="Search"
          placeholder="Search titles, emails, answers, notes"
          className="input input-sm w-full"
          value={words}
          maxLength={300}
          onChange={(event) => setWords(event.currentTarget.value)}
          onBlur={finish}
          onKeyDown={keep}
        />
      </form>
    </search>
  );
}
