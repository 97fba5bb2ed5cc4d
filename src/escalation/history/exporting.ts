import type { Effects } from '../../effects/effects.ts';
import { refuseBadOptions } from '../../errors/refuse-bad-options.ts';
import type { Escalation } from '../../trace/escalation.ts';
import type { Lists } from '../lists/lists.ts';
import { toEscalation } from '../record.ts';
import type { settling } from '../settling.ts';
import type { legacyLists } from './legacy.ts';
import { type StatsOptions, timeOf, windowNames } from './stats.ts';

/** Which decisions to export. */
export type ExportOptions = StatsOptions;

const pageSize = 50;

interface ExportingOptions {
  readonly lists: Lists;
  readonly legacy: ReturnType<typeof legacyLists>;
  readonly settled: ReturnType<typeof settling>;
  readonly effects: Pick<Effects, 'now'>;
}

/** Decided escalations as JSON Lines, the oldest decision first: each chunk is one line with its line break. */
export function exporting({ lists, legacy, settled, effects }: ExportingOptions) {
  return {
    async *exportDecisions(options: ExportOptions = {}): AsyncGenerator<string, void, undefined> {
      refuseBadOptions('inbox.exportDecisions', options, windowNames);
      const { scope, since, until } = options;
      const from = timeOf('since', since, Number.NEGATIVE_INFINITY);
      const to = timeOf('until', until, Number.POSITIVE_INFINITY);
      await legacy.takeOver('decided');
      let cursor: string | undefined;
      do {
        const choice = { state: 'decided', by: 'time' } as const;
        const page = await lists.page(choice, { scope, limit: pageSize, cursor, order: 'asc' });
        for (const item of await settled.readAll(page.members.filter(({ at }) => at >= from && at < to))) {
          if (item.record === undefined || !settled.belongs(item, 'decided')) continue;
          yield `${JSON.stringify(caseOf(toEscalation(item.record, effects.now())))}\n`;
        }
        cursor = page.members.some(({ at }) => at >= to) ? undefined : page.cursor;
      } while (cursor !== undefined);
    },
  };
}

/** What an evaluation needs of a decided escalation: what was asked, what was tried, and what a person made of it. */
function caseOf(escalation: Escalation): Readonly<Record<string, unknown>> {
  const { id, scope, stage, createdAt, title, fields, metadata, prompt, attempts, issues, proposal } = escalation;
  const { decision, outcome, notes } = escalation;
  return {
    id,
    scope,
    stage,
    createdAt,
    title,
    fields,
    metadata,
    request: { prompt },
    attempts,
    issues,
    proposal,
    decision,
    outcome,
    notes,
  };
}
