import type { Escalation } from 'ai-staged-retry';
import { valueIn } from '../../lib/fields.ts';
import { nameOf } from '../../lib/name-of.ts';
import { sourceParts } from '../../lib/source-marks.ts';
import { titleOf } from '../../lib/title.ts';
import { clipped } from '../../lib/visible.ts';
import { AnswerView } from '../answer-view.tsx';
import { messageText, WholeIssues } from '../issues.tsx';
import { PageLink } from '../page-link.tsx';
import { AttemptsPanel } from './attempts-panel.tsx';
import { EarlierPanel } from './earlier-panel.tsx';
import { NewestNote } from './newest-note.tsx';
import { promptMessages } from './prompt-messages.ts';
import { SourcePanel } from './source-panel.tsx';

/**
 * What was filed and never changes, and the newest note, which does: the title, the source, the model's answers, and what the checks found. The server draws it, so that
 * the browser needs no code for it.
 */
export function filedPanels(escalation: Escalation) {
  const { fields = {}, metadata, prompt, attempts, earlier = [], proposal, issues, notes = [] } = escalation;
  const from = metadata?.from;
  const messages = promptMessages(prompt);
  const source = textOf(messages.filter(({ role }) => role === 'user'));
  const instructions = messages.filter(({ role }) => role !== 'user');
  const answer = valueIn(proposal);
  const marked = sourceParts(source, answer);
  const inSource = marked && new Set(marked.flatMap(({ key }) => (key === undefined ? [] : [key])));
  return {
    heading: (
      <div className="flex min-w-0 flex-col gap-2">
        <h1 className="wrap-anywhere">{titleOf(escalation)}</h1>
        <div aria-live="polite" className="empty:hidden">
          <NewestNote notes={notes} />
        </div>
      </div>
    ),
    facts: (
      <>
        {Object.entries(fields).map(([label, value]) => (
          <div key={label} className="flex gap-1.5">
            <dt>{nameOf(label)}</dt>
            <dd className="text-base-content font-semibold wrap-anywhere tabular-nums">{clipped(String(value))}</dd>
          </div>
        ))}
        {typeof from === 'string' && (
          <div className="flex min-w-0 gap-1.5">
            <dt>From</dt>
            <dd className="truncate">
              <PageLink className="link" href={`/inbox?${new URLSearchParams({ from })}`}>
                {clipped(from)}
              </PageLink>
            </dd>
          </div>
        )}
      </>
    ),
    earlier: <EarlierPanel earlier={earlier} />,
    findings: issues.length > 0 && (
      <section aria-label="What the checks found" className="alert alert-error alert-soft block text-left">
        <ul className="flex flex-col gap-1 text-sm">
          {[...new Set(issues.map(({ message }) => messageText(message)))].map((message) => (
            <li key={message} className="wrap-anywhere">
              <span aria-hidden="true">✗ </span>
              {message}
            </li>
          ))}
        </ul>
      </section>
    ),
    source: (
      <SourcePanel source={source} instructions={instructions} parts={marked ?? [{ text: source }]} issues={issues} />
    ),
    answer: (
      <>
        <WholeIssues issues={issues} />
        <AnswerView
          caption="The fields of the answer"
          value={answer ?? proposal}
          issues={issues}
          inSource={answer === undefined ? undefined : inSource}
        />
      </>
    ),
    attempts: <AttemptsPanel attempts={attempts} />,
  };
}

/** What the answer was made of: the texts of the user's side. */
function textOf(messages: ReturnType<typeof promptMessages>): string {
  return messages.map(({ text }) => text).join('\n\n');
}
