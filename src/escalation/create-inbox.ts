import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Effects, systemEffects } from '../effects/effects.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { refuseItself } from '../errors/refuse-itself.ts';
import { refuseNoStore } from '../stores/arguments.ts';
import { memoryStore } from '../stores/memory.ts';
import { announcing } from './actions/announcing.ts';
import { concluding } from './actions/concluding.ts';
import { deciding } from './actions/deciding.ts';
import { filing } from './actions/filing.ts';
import { sharing } from './actions/sharing.ts';
import { watching } from './actions/watching.ts';
import { exporting } from './history/exporting.ts';
import { escalationJournals } from './history/journals.ts';
import { legacyLists } from './history/legacy.ts';
import { inboxStats } from './history/stats.ts';
import type { Inbox, InboxOptions } from './inbox.ts';
import { listing } from './lists/listing.ts';
import { escalationLists } from './lists/lists.ts';
import { toEscalation } from './record.ts';
import { escalationRecords } from './records.ts';
import { requireId } from './require-name.ts';
import { settling } from './settling.ts';
import { createWakers } from './wakers.ts';

const weekMs = 7 * 24 * 3_600_000;
const longestMs = 100 * 365 * 24 * 3_600_000;

/**
 * Creates a durable inbox on a store.
 *
 * @throws InvalidArgumentError for an invalid store, or if `ttlMs` is not above 0 or is longer than a century.
 * @example
 * const inbox = createInbox({ store, onFiled: (escalation) => post(`/inbox/${escalation.id}`) });
 * const model = withStagedRetry(openai('gpt-5-mini'), { stages: [retry({ attempts: 2 }), human({ inbox })], scope: 'public' });
 */
export function createInbox(options: InboxOptions = {}, effects: Effects = systemEffects): Inbox {
  refuseItself('store', options, 'createInbox({ store })');
  refuseBadOptions('createInbox', options, {
    store: true,
    ttlMs: true,
    redact: 'function',
    onFiled: 'function',
    onDecided: 'function',
  });
  const { store = memoryStore(), ttlMs = weekMs, redact = (text) => text, onFiled, onDecided } = options;
  refuseNoStore('store', store);
  if (!(typeof ttlMs === 'number' && ttlMs > 0 && ttlMs <= longestMs)) {
    throw new InvalidArgumentError({ argument: 'ttlMs', message: 'ttlMs must be above 0, and at most a century.' });
  }
  const lists = escalationLists(store);
  const journals = escalationJournals(store);
  const wakers = createWakers(effects);
  const records = escalationRecords({ store, lists, journals, wakers, effects });
  const settled = settling({ lists, journals, records, effects });
  const legacy = legacyLists({ store, lists, journals, records, effects });
  const announcements = announcing({ records, onFiled, effects });
  const isTelling = onFiled !== undefined;
  const { sweep } = settled;
  return {
    ttlMs,
    ...filing({ records, announcements, sweep, isTelling, redact, ttlMs, effects }),
    ...deciding({ records, onDecided, effects }),
    ...sharing({ records, effects }),
    ...concluding({ records, redact, effects }),
    ...listing({ lists, legacy, settled, effects }),
    ...exporting({ lists, legacy, settled, effects }),
    ...watching({ journals, records, wakers, effects }),
    announce: announcements.announce,
    stats: (request) => inboxStats({ lists, journals, legacy, effects }, request),
    async get(id) {
      requireId(id);
      const stored = await records.read(id);
      return stored === undefined ? undefined : toEscalation(stored.record, effects.now());
    },
  };
}
