import type { ChangeResult, EscalationChange, EscalationPage, InboxStats, ListOptions } from '../escalation/inbox.ts';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import { InboxRequestError } from './inbox-request-error.ts';
import { readEvents } from './read-events.ts';

export interface InboxClientOptions {
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** Sent with every request: what `authorize` looks at, where cookies are not enough. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An inbox behind an `inboxHandler`; what it is refused rejects with `InboxRequestError`. */
export interface InboxClient {
  /** Newest first. */
  list(options?: ListOptions): Promise<EscalationPage>;
  get(id: string): Promise<Escalation | undefined>;
  /** The first decision wins; a later one gets the recorded outcome. */
  decide(id: string, decision: Decision): Promise<ChangeResult>;
  claim(id: string, options?: { readonly ttlMs?: number }): Promise<ChangeResult>;
  release(id: string): Promise<ChangeResult>;
  stats(options?: { readonly scope?: string }): Promise<InboxStats>;
  /** Every change from now on, connecting again when the connection ends, until the signal is aborted. */
  changes(options?: {
    readonly scope?: string | undefined;
    readonly abortSignal?: AbortSignal;
  }): AsyncIterable<EscalationChange>;
}

/**
 * A typed client of an inbox handler, for browsers and servers.
 *
 * @example
 * const inbox = inboxClient('/api/inbox');
 * const { escalations } = await inbox.list();
 */
export function inboxClient(url: string, options: InboxClientOptions = {}): InboxClient {
  const { fetch = (...all) => globalThis.fetch(...all), headers = {} } = options;
  const base = url.replace(/\/$/, '');

  async function get<RESULT>(path: string, query: Readonly<Record<string, unknown>> = {}): Promise<RESULT> {
    const target = `${base}${path}${queryOf(query)}`;
    const response = await fetch(target, { headers: { ...headers, accept: 'application/json' } });
    if (!response.ok) throw await failureOf(response, target);
    return await response.json();
  }

  async function post(path: string, body: unknown): Promise<ChangeResult> {
    const target = `${base}${path}`;
    const response = await fetch(target, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return await response.json();
    if (response.status !== 409) throw await failureOf(response, target);
    const { won, escalation } = await response.json();
    return { won, escalation };
  }

  return {
    list: ({ scope, state, limit, cursor } = {}) => get('/escalations', { scope, state, limit, cursor }),
    async get(id) {
      try {
        return await get<Escalation>(pathOf(id));
      } catch (error) {
        if (InboxRequestError.isInstance(error) && error.status === 404) return undefined;
        throw error;
      }
    },
    decide: (id, decision) => post(`${pathOf(id)}/decision`, decision),
    claim: (id, claim = {}) => post(`${pathOf(id)}/claim`, claim),
    release: (id) => post(`${pathOf(id)}/release`, {}),
    stats: ({ scope } = {}) => get('/stats', { scope }),
    changes: ({ scope, abortSignal } = {}) =>
      readEvents<EscalationChange>({ url: `${base}/changes${queryOf({ scope })}`, fetch, headers, abortSignal }),
  };
}

function pathOf(id: string): string {
  return `/escalations/${encodeURIComponent(id)}`;
}

function queryOf(members: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return query.size === 0 ? '' : `?${query}`;
}

async function failureOf(response: Response, url: string): Promise<InboxRequestError> {
  const problem = await response.json().catch(() => undefined);
  return new InboxRequestError({ url, status: response.status, detail: problem?.detail });
}
