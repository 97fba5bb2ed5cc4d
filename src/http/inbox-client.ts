import type { DecideOptions } from '../escalation/actions/deciding.ts';
import type {
  BulkResult,
  ChangeResult,
  ChangesOptions,
  EscalationChange,
  EscalationPage,
  EscalationSummary,
  ExportOptions,
  InboxStats,
  ListOptions,
  StatsOptions,
  SummaryOption,
} from '../escalation/inbox.ts';
import type { Decision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import { listQuery, type Query, queryOf, windowQuery } from './client/client-query.ts';
import { InboxRequestError } from './client/inbox-request-error.ts';
import { readEvents } from './client/read-events.ts';
import { linesOf } from './client/read-lines.ts';
import type { BulkAnswer } from './requests/decide-many.ts';

export { InboxRequestError };

/** How the client sends its requests. */
export interface InboxClientOptions {
  /** The function that sends requests. @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch;
  /** Headers of every request, for example for `authorize` if cookies are not enough. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An inbox behind an `inboxHandler`. A call that the handler refuses rejects with `InboxRequestError`. */
export interface InboxClient {
  /** A page of what queues show of escalations, newest first by default. */
  list(options: ListOptions & SummaryOption): Promise<EscalationPage<EscalationSummary>>;
  /** A page of escalations, newest first by default. */
  list(options?: ListOptions): Promise<EscalationPage>;
  /** The escalation, or `undefined` if there is none with this id. */
  get(id: string): Promise<Escalation | undefined>;
  /**
   * Decides an escalation. The first decision wins; a later one gets the recorded outcome. With
   * `takeOver: false`, `won` is also false while somebody else holds a claim.
   */
  decide(id: string, decision: Decision, options?: TakeOverOption): Promise<ChangeResult>;
  /**
   * Makes the same decision for each escalation, 100 in a request. The results are in the order of the ids. If a later
   * request fails, the escalations it was for have its error.
   */
  decide(ids: readonly string[], decision: Decision, options?: TakeOverOption): Promise<readonly BulkResult[]>;
  /** Claims a pending escalation for `ttlMs` milliseconds, or extends the claim. */
  claim(id: string, options?: { readonly ttlMs?: number }): Promise<ChangeResult>;
  /** Releases a claim. */
  release(id: string): Promise<ChangeResult>;
  /** Assigns an escalation to somebody, whoever holds it now; `null` removes the assignment. */
  assign(id: string, options: { readonly to: string | null }): Promise<ChangeResult>;
  note(id: string, options: { readonly text: string }): Promise<ChangeResult>;
  stats(options?: StatsOptions): Promise<InboxStats>;
  /** Decided escalations as JSON Lines, one line per chunk. */
  exportDecisions(options?: ExportOptions): AsyncIterable<string>;
  /** Every change from now on, with what queues show of the escalation. */
  changes(options: WatchOptions & SummaryOption): AsyncIterable<EscalationChange<EscalationSummary>>;
  /** Every change from now on, until the signal is aborted. It reconnects when the connection ends. */
  changes(options?: WatchOptions): AsyncIterable<EscalationChange>;
}

/** Whether a claim of somebody else prevents a decision. */
type TakeOverOption = Pick<DecideOptions, 'takeOver'>;

/** What a handler decides in one request. */
const mostAtOnce = 100;

/** Which changes a client follows. */
type WatchOptions = Pick<ChangesOptions, 'scope' | 'abortSignal'>;

/**
 * Creates a typed client of an inbox handler, for browsers and servers.
 *
 * @example
 * const inbox = inboxClient('/api/inbox');
 * const { escalations } = await inbox.list();
 */
export function inboxClient(url: string, options: InboxClientOptions = {}): InboxClient {
  const { fetch = (...all) => globalThis.fetch(...all), headers = {} } = options;
  if (typeof url !== 'string')
    throw new TypeError("inboxClient() takes the URL where the inbox handler is mounted: inboxClient('/api/inbox').");
  const base = url.replace(/\/$/, '');

  async function open(path: string, query: Query, accept: string): Promise<Response> {
    const target = `${base}${path}${queryOf(query)}`;
    const response = await fetch(target, { headers: { ...headers, accept } });
    if (!response.ok) throw await failureOf(response, target);
    return response;
  }

  async function get<RESULT>(path: string, query: Query = {}): Promise<RESULT> {
    return await (await open(path, query, 'application/json')).json();
  }

  async function post<RESULT = ChangeResult>(path: string, body: unknown): Promise<RESULT> {
    const target = `${base}${path}`;
    const response = await fetch(target, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return await response.json();
    if (response.status !== 409) throw await failureOf(response, target);
    const { won, escalation } = await response.json();
    return { won, escalation } as RESULT; // only what changes one escalation is answered with 409
  }

  async function decideMany(
    ids: readonly string[],
    decision: Decision,
    { takeOver }: TakeOverOption,
  ): Promise<readonly BulkResult[]> {
    const results: BulkResult[] = [];
    for (let start = 0; start < ids.length; start += mostAtOnce) {
      const some = ids.slice(start, start + mostAtOnce);
      try {
        results.push(...(await decideSome({ ids: some, decision, takeOver })));
      } catch (error) {
        if (start === 0) throw error;
        // What the requests before it decided is decided. Cast: `fetch` and this client reject with errors.
        return [...results, ...ids.slice(start).map((id) => ({ id, won: false as const, error: error as Error }))];
      }
    }
    return results;
  }

  async function decideSome(body: unknown): Promise<readonly BulkResult[]> {
    const { results } = await post<{ readonly results: readonly BulkAnswer[] }>('/decisions', body);
    return results.map((result) => {
      if (!('problem' in result)) return result;
      const { status, detail } = result.problem;
      return { id: result.id, won: false, error: new InboxRequestError({ url: `${base}/decisions`, status, detail }) };
    });
  }

  function decide(id: string, decision: Decision, options?: TakeOverOption): Promise<ChangeResult>;
  function decide(ids: readonly string[], decision: Decision, options?: TakeOverOption): Promise<readonly BulkResult[]>;
  function decide(which: string | readonly string[], decision: Decision, { takeOver }: TakeOverOption = {}) {
    return typeof which === 'string'
      ? post(`${pathOf(which)}/decision`, { ...decision, takeOver })
      : decideMany(which, decision, { takeOver });
  }

  return {
    list: (request: ListOptions & Partial<SummaryOption> = {}) =>
      get<EscalationPage>('/escalations', listQuery(request)),
    async get(id) {
      try {
        // Anything else would be the address of something else.
        return /^[\w-]+$/.test(id) ? await get<Escalation>(pathOf(id)) : undefined;
      } catch (error) {
        if (InboxRequestError.isInstance(error) && error.status === 404) return undefined;
        throw error;
      }
    },
    decide,
    claim: (id, claim = {}) => post(`${pathOf(id)}/claim`, claim),
    release: (id) => post(`${pathOf(id)}/release`, {}),
    assign: (id, { to }) => post(`${pathOf(id)}/assign`, { to }),
    note: (id, { text }) => post(`${pathOf(id)}/note`, { text }),
    stats: async (request = {}) => await get('/stats', windowQuery(request)),
    async *exportDecisions(request = {}) {
      const { body } = await open('/decisions', windowQuery(request), 'application/jsonl');
      if (body !== null) yield* linesOf(body);
    },
    changes: ({ scope, summary, abortSignal }: WatchOptions & Partial<SummaryOption> = {}) =>
      readEvents<EscalationChange>({
        url: `${base}/changes${queryOf({ scope, summary })}`,
        fetch,
        headers,
        abortSignal,
      }),
  };
}

function pathOf(id: string): string {
  return `/escalations/${encodeURIComponent(id)}`;
}

async function failureOf(response: Response, url: string): Promise<InboxRequestError> {
  const problem = await response.json().catch(() => undefined);
  return new InboxRequestError({ url, status: response.status, detail: problem?.detail });
}
