import type { RecordedDecision } from '../../trace/decision.ts';
import type { Escalation, EscalationOutcome } from '../../trace/escalation.ts';
import type { Attempt } from '../../trace/history.ts';
import type { Problem } from '../requests/problem.ts';
import { decided, resultOf, wordsOf } from './decided.ts';
import { decisionForm } from './decision-forms.ts';
import { editFields, type SentForm } from './edit-form.ts';
import type { EditIssue } from './edit-issue.ts';
import { escapeHtml, htmlPage, readableBlock, readableHtml } from './html.ts';
import { labelOf } from './labels.ts';
import type { LinkGrant } from './link-token.ts';
import { newestNote } from './newest-note.ts';
import { shownAnswer } from './shown-answer.ts';
import { promptText } from './shown-prompt.ts';
import { timeElement } from './time-element.ts';

/** In characters. */
const longestOpen = 2000;

/** The page of a link: an escalation with the forms that its grant allows, filled with what was sent and not accepted. */
export function decisionPage(
  escalation: Escalation,
  { decisions, expiresAt, by }: Pick<LinkGrant, 'decisions' | 'expiresAt' | 'by'>,
  sent?: SentForm,
): Response {
  const { claimed } = escalation;
  const holder = claimed?.by === by ? undefined : claimed?.by;
  const forms = decisions.map((type) => decisionForm(type, escalation, { holder, sent })).filter((form) => form !== '');
  const isWrong = sent !== undefined && sent.issues.length > 0;
  const body = `${isWrong ? '<p role="alert">Nothing was decided yet: what you sent has to be corrected first.</p>' : ''}
${subject(escalation)}
${newestNote(escalation)}<p>The model's answer did not pass its checks. Decide by ${timeElement(expiresAt)}.</p>
${claimNote(escalation)}${releasedNote(escalation)}
${findings(isWrong ? sent.issues : escalation.issues)}
${before(escalation)}
${source(escalation)}
${answer(escalation, decisions.includes('edit'))}
<p class="jump"><a href="#decision">Go to your decision</a></p>
<h2 id="decision">Your decision</h2>
${forms.join('\n')}
${background(escalation)}`;
  return htmlPage({
    title: 'An answer needs your decision',
    body,
    status: sent === undefined ? 200 : isWrong ? 422 : 409,
  });
}

/** What it is about, in the words of `describe`. */
function subject({ title, fields = {} }: Escalation): string {
  const values = Object.entries(fields).map(
    ([label, value]) => `<div><dt>${readableHtml(label)}</dt> <dd>${readableHtml(String(value ?? '–'))}</dd></div>`,
  );
  const name = title === undefined ? '' : `<p><strong>${readableHtml(title)}</strong></p>`;
  return values.length === 0 ? name : `${name}\n<dl>${values.join('')}</dl>`;
}

/** The fields of a form show a JSON answer better than its text does. */
function answer(escalation: Escalation, isEditable: boolean): string {
  const shown = shownAnswer(escalation.proposal);
  if (!isEditable || editFields(escalation) === undefined) return `<h2>The answer</h2>\n${shown}`;
  return `<details><summary>The answer as it is</summary>${shown}</details>`;
}

interface OutcomeOptions {
  readonly status: 200 | 409;
  readonly outcome: EscalationOutcome | undefined;
  /** What whoever came second had written. */
  readonly unused?: string | undefined;
}

/** What was decided, for whoever comes back or comes second. */
export function outcomePage(decision: RecordedDecision, { status, outcome, unused }: OutcomeOptions): Response {
  const { title, text } = resultOf(decision, outcome);
  const body = `<p role="status">${decided(decision)}${text === undefined ? '' : ` ${text}`}</p>
${wordsOf(decision)}${unused === undefined ? '' : unusedText(unused)}`;
  return htmlPage({ title: status === 409 ? 'This was decided already' : title, body, status });
}

/** The parser drops a line break that opens a textarea. */
function unusedText(text: string): string {
  return `
<h2><label for="unused">What you sent was not used</label></h2>
<textarea id="unused" rows="6" readonly>
${escapeHtml(text)}</textarea>`;
}

/** What a link cannot do, in words for people where a problem document has those of HTTP. */
export function problemPage({ status, detail }: Pick<Problem, 'status' | 'detail'>): Response {
  const title = status >= 500 ? 'Something went wrong' : status === 410 ? 'This link is over' : 'This is not possible';
  return htmlPage({ title, body: `<p role="alert">${readableHtml(detail)}</p>`, status });
}

function claimNote({ claimed }: Escalation): string {
  return claimed === undefined ? '' : `<p role="status">${readableHtml(claimed.by)} is working on it.</p>`;
}

/** A reader may be looking at the beginning of the answer right now. */
function releasedNote({ released }: Escalation): string {
  if (released === undefined) return '';
  return `<p>The sender has seen this much of the answer already. Keep it, or the answer cannot reach the one who waits now; sent again, the request gets whatever you decide.</p>
${readableBlock(released)}`;
}

function findings(issues: readonly EditIssue[]): string {
  if (issues.length === 0) return '';
  const items = issues.map(({ path, message }) => {
    const where = path.length === 0 ? '' : `<b>${readableHtml(labelOf(path))}:</b> `;
    return `<li>${where}${readableHtml(message)}</li>`;
  });
  return `<h2>What is wrong with it</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

/** What people said of earlier answers to the same request, and why it is here again. */
function before({ earlier = [] }: Escalation): string {
  if (earlier.length === 0) return '';
  const items = earlier.map(({ decision }) => `<li>${decided(decision)}${wordsOf(decision)}</li>`);
  return `<h2>Earlier decisions</h2>\n<ol>\n${items.join('\n')}\n</ol>`;
}

/** What the answer is compared with: open unless it would push the decision far down. */
function source({ prompt }: Escalation): string {
  const text = promptText(prompt);
  const open = text.length <= longestOpen ? ' open' : '';
  return `<details${open}><summary>What the model was asked</summary>${readableBlock(text)}</details>`;
}

function background({ attempts }: Escalation): string {
  if (attempts.length === 0) return '';
  return `<h2>What the model tried</h2>\n${attempts.map(attemptDetails).join('\n')}`;
}

function attemptDetails({ number, stage, text, verdict, estimatedTokens }: Attempt): string {
  const count = verdict.type === 'pass' ? 0 : verdict.issues.length;
  const cancelled = estimatedTokens === undefined ? '' : ', cancelled before it was complete';
  const summary = `Attempt ${number}, ${stage}: ${count} ${count === 1 ? 'issue' : 'issues'}${cancelled}`;
  return `<details><summary>${readableHtml(summary)}</summary>${shownAnswer(text)}</details>`;
}
