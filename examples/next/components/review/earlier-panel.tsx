import type { Escalation } from 'ai-staged-retry';
import { dateOf } from '../../lib/age.ts';
import { visible } from '../../lib/visible.ts';
import { PageLink } from '../page-link.tsx';
import { decisionColor, decisionPast } from './decision-words.ts';
import { saidWith } from './said-with.ts';

/** What people decided about the same request before, and why it is here again. */
export function EarlierPanel({ earlier }: { readonly earlier: NonNullable<Escalation['earlier']> }) {
  if (earlier.length === 0) return null;
  return (
    <section className="panel min-w-0 p-3 text-sm" aria-labelledby="earlier">
      <h2 id="earlier">Earlier decisions</h2>
      <ol className="mt-1 flex flex-col gap-2">
        {earlier.map(({ escalationId, decision }) => {
          const { type, by = 'someone', at } = decision;
          const words = saidWith(decision);
          return (
            <li key={escalationId}>
              <span className={`font-semibold ${decisionColor[type]}`}>
                {decisionPast[type]} by {by}
              </span>{' '}
              <span className="text-muted">on {dateOf(at)}.</span>{' '}
              {(type === 'edit' || type === 'approve') && (
                <span className="text-error">That answer failed the checks, so the invoice is here again.</span>
              )}{' '}
              <PageLink className="link" href={`/inbox/${escalationId}`}>
                Open the earlier escalation
              </PageLink>
              {words !== '' && <p className="verbatim mt-1 border-l-2 pl-3">{visible(words)}</p>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
