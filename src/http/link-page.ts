import type { JSONValue } from '@ai-sdk/provider';
import type { RecordedDecision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Attempt } from '../trace/history.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import { editFields } from './edit-form.ts';
import { escapeHtml, htmlPage } from './html.ts';
import type { LinkGrant } from './link-token.ts';
import type { Problem } from './problem.ts';
import { timeElement } from './times.ts';

/** The page of a link: an escalation with the forms that its grant allows. */
export function decisionPage(escalation: Escalation, { decisions, expiresAt }: LinkGrant): Response {
  const forms = decisions.map((type) => decisionForm(type, escalation)).filter((form) => form !== '');
  const body = `<p>The model's answer did not pass its checks. Decide by ${timeElement(expiresAt)}.</p>
${claimNote(escalation)}${releasedNote(escalation)}
${findings(escalation)}
${answer(escalation, decisions.includes('edit'))}
<h2>Your decision</h2>
${forms.join('\n')}
${background(escalation)}`;
  return htmlPage({ title: 'An answer needs your decision', body, status: 200 });
}

/** The fields of a form show a JSON answer better than its text does. */
function answer(escalation: Escalation, isEditable: boolean): string {
  const text = `<pre>${escapeHtml(escalation.proposal)}</pre>`;
  if (!isEditable || editFields(escalation) === undefined) return `<h2>The answer</h2>\n${text}`;
  return `<details><summary>The answer as text</summary>${text}</details>`;
}

/** What was decided, for whoever comes back or comes second. */
export function outcomePage(decision: RecordedDecision, { status }: { status: number }): Response {
  const by = decision.by === undefined ? '' : ` by ${escapeHtml(decision.by)}`;
  const body = `<p role="status">${outcomes[decision.type]}${by}, ${timeElement(decision.at)}.</p>
${wordsOf(decision)}`;
  return htmlPage({ title: status === 409 ? 'This was decided already' : 'This is decided', body, status });
}

export function problemPage({ title, status, detail }: Pick<Problem, 'title' | 'status' | 'detail'>): Response {
  return htmlPage({ title, body: `<p role="alert">${escapeHtml(detail)}</p>`, status });
}

const outcomes: Readonly<Record<RecordedDecision['type'], string>> = {
  approve: 'The answer was approved',
  edit: 'The answer was edited',
  retry: 'The model was sent back with advice',
  reject: 'The answer was rejected',
  escalate: 'This was passed on to the next person',
};

function wordsOf(decision: RecordedDecision): string {
  switch (decision.type) {
    case 'edit':
      return `<pre>${escapeHtml(decision.text)}</pre>`;
    case 'retry':
      return `<pre>${escapeHtml(decision.advice)}</pre>`;
    case 'reject':
    case 'escalate':
      return decision.reason === undefined ? '' : `<pre>${escapeHtml(decision.reason)}</pre>`;
    case 'approve':
      return '';
  }
}

function decisionForm(type: RecordedDecision['type'], escalation: Escalation): string {
  switch (type) {
    case 'approve':
      return escalation.attempts.length === 0 ? '' : form(type, '', 'Approve the answer as it is');
    case 'edit':
      return editForms(escalation);
    case 'retry':
      return form(
        type,
        `<label for="advice">Or send the model back with advice</label>
<textarea id="advice" name="advice" rows="3" required></textarea>`,
        'Send back',
      );
    case 'escalate':
    case 'reject':
      if (type === 'escalate' && escalation.passesOnTo === null) return '';
      return form(
        type,
        `<label for="${type}-reason">${type === 'reject' ? 'Or reject it' : 'Or pass it on'}; why (you may leave it empty)</label>
<input id="${type}-reason" name="reason">`,
        type === 'reject' ? 'Reject' : 'Pass on',
      );
  }
}

/** Value by value where the answer is JSON; the text as a whole is always there to edit. */
function editForms(escalation: Escalation): string {
  const fields = editFields(escalation);
  // The parser drops a line break that opens a textarea.
  const whole = form(
    'edit',
    `<label for="text">Edit the answer; the checks judge what you write</label>
<textarea id="text" name="text" rows="10" required spellcheck="false">
${escapeHtml(escalation.proposal)}</textarea>`,
    'Send the edited answer',
  );
  if (fields === undefined) return whole;
  const byField = form('edit', `<h3>Or correct it</h3>\n${fields}`, 'Send the corrected answer');
  return `${byField}\n<details><summary>Edit the answer as text</summary>${whole}</details>`;
}

/** Without an action, a form goes to the address of its page, wherever the handler is mounted. */
function form(type: RecordedDecision['type'], fields: string, button: string): string {
  return `<form method="post">
${fields}
<button name="type" value="${type}">${button}</button>
</form>`;
}

function claimNote({ claimed }: Escalation): string {
  return claimed === undefined ? '' : `<p role="status">${escapeHtml(claimed.by)} is working on it.</p>`;
}

/** A reader may be looking at the beginning of the answer right now. */
function releasedNote({ released }: Escalation): string {
  if (released === undefined) return '';
  return `<p>The sender has seen this much of the answer already. Keep it, or the answer cannot reach the one who waits now; sent again, the request gets whatever you decide.</p>
<pre>${escapeHtml(released)}</pre>`;
}

function findings({ issues }: Escalation): string {
  if (issues.length === 0) return '';
  const items = issues.map(({ path, message }) => {
    const where = path.length === 0 ? '' : `<code>${escapeHtml(jsonPointer(path))}</code> `;
    return `<li>${where}${escapeHtml(message)}</li>`;
  });
  return `<h2>What is wrong with it</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

function background({ prompt, attempts }: Escalation): string {
  return `<h2>Background</h2>
<details><summary>What the model was asked</summary><pre>${escapeHtml(promptText(prompt))}</pre></details>
${attempts.map(attemptDetails).join('\n')}`;
}

function attemptDetails({ number, stage, text, verdict }: Attempt): string {
  const count = verdict.type === 'pass' ? 0 : verdict.issues.length;
  const summary = `Attempt ${number}, ${stage}: ${count} ${count === 1 ? 'issue' : 'issues'}`;
  return `<details><summary>${escapeHtml(summary)}</summary><pre>${escapeHtml(text)}</pre></details>`;
}

/** The texts of a prompt under the names of their roles; anything else as JSON. */
function promptText(prompt: JSONValue): string {
  if (!Array.isArray(prompt)) return JSON.stringify(prompt, null, 2);
  return prompt.map((message) => `${memberText(message, 'role')}:\n${contentText(message)}`).join('\n\n');
}

function contentText(message: JSONValue): string {
  const content = memberOf(message, 'content');
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return JSON.stringify(content ?? null);
  return content.map((part) => memberText(part, 'text') || JSON.stringify(part)).join('\n');
}

function memberText(value: JSONValue, name: string): string {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : '';
}

function memberOf(value: JSONValue, name: string): JSONValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([member]) => member === name)?.[1];
}
