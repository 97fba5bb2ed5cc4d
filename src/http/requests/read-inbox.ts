import type { Inbox } from '../../escalation/inbox.ts';
import { type Somebody, scopeFor } from './actor.ts';
import { eventStream } from './event-stream.ts';
import { jsonLines } from './json-lines.ts';
import { listOptions, wantsSummaries, windowOptions } from './list-query.ts';
import { jsonResponse } from './problem.ts';

/** Answers what is about all escalations of a scope. */
export async function readInbox(
  type: 'list' | 'stats' | 'watch' | 'export',
  { url, headers, signal }: Request,
  { inbox, actor, onError }: { readonly inbox: Inbox; readonly actor: Somebody } & Parameters<typeof jsonLines>[1],
): Promise<Response> {
  const { searchParams } = new URL(url);
  const scope = scopeFor(actor, searchParams.get('scope'));
  switch (type) {
    case 'list': {
      const options = { ...listOptions(searchParams), scope };
      const isShort = wantsSummaries(searchParams);
      return jsonResponse(await (isShort ? inbox.list({ ...options, summary: true }) : inbox.list(options)));
    }
    case 'stats':
      return jsonResponse(await inbox.stats({ ...windowOptions(searchParams), scope }));
    case 'export':
      return await jsonLines(inbox.exportDecisions({ ...windowOptions(searchParams), scope }), { onError });
    case 'watch':
      return eventStream({
        inbox,
        scope,
        isShort: wantsSummaries(searchParams),
        lastEventId: headers.get('last-event-id'),
        signal,
      });
  }
}
