import type { RecordedDecision } from '../../trace/decision.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { editFields, type SentForm } from './edit-form.ts';
import { escapeHtml, readableHtml } from './html.ts';

export interface FormOptions {
  /** Who else works on it: deciding in their place has to be said. */
  readonly holder: string | undefined;
  /** What was sent before and not accepted. */
  readonly sent: SentForm | undefined;
}

/** The form of one decision; empty where the escalation cannot be decided like that. */
export function decisionForm(
  type: RecordedDecision['type'],
  escalation: Escalation,
  { holder, sent }: FormOptions,
): string {
  const form = (fields: string, button: string) => formOf({ type, fields, button, holder });
  const written = (name: string) => escapeHtml(textAt(sent, type, name) ?? '');
  switch (type) {
    case 'approve':
      return escalation.proposal === '' ? '' : form('', 'Approve the answer as it is');
    case 'edit':
      return editForms(escalation, sent, form);
    case 'retry':
      return form(
        `<label for="advice">Or send the model back with advice</label>
<textarea id="advice" name="advice" rows="3" required>
${written('advice')}</textarea>`,
        'Send back',
      );
    case 'escalate':
    case 'reject':
      if (type === 'escalate' && escalation.passesOnTo === null) return '';
      return form(
        `<label for="${type}-reason">${type === 'reject' ? 'Or reject it' : 'Or pass it on'}; why (you may leave it empty)</label>
<input id="${type}-reason" name="reason" value="${written('reason')}">`,
        type === 'reject' ? 'Reject' : 'Pass on',
      );
  }
}

/** Value by value where the answer is JSON; the text as a whole is always there to edit. */
function editForms(
  escalation: Escalation,
  sent: SentForm | undefined,
  form: (fields: string, button: string) => string,
): string {
  const fields = editFields(escalation, sent);
  const text = textAt(sent, 'edit', 'text');
  // The parser drops a line break that opens a textarea.
  const whole = form(
    `<label for="text">Edit the answer; the checks judge what you write</label>
<textarea id="text" name="text" rows="10" required spellcheck="false">
${escapeHtml(text ?? escalation.proposal)}</textarea>`,
    'Send the edited answer',
  );
  if (fields === undefined) return whole;
  const byField = form(`<h3>Or correct it</h3>\n${fields}`, 'Send the corrected answer');
  return `${byField}\n<details${text === undefined ? '' : ' open'}><summary>Edit the answer as text</summary>${whole}</details>`;
}

function textAt(sent: SentForm | undefined, type: RecordedDecision['type'], name: string): string | undefined {
  const text = sent?.members.type === type ? sent.members[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}

interface Form {
  readonly type: RecordedDecision['type'];
  readonly fields: string;
  readonly button: string;
  readonly holder: string | undefined;
}

/** Without an action, a form goes to the address of its page, wherever the handler is mounted. */
function formOf({ type, fields, button, holder }: Form): string {
  const takeOver =
    holder === undefined
      ? ''
      : `<label class="check"><input type="checkbox" name="takeOver" required> Decide in the place of ${readableHtml(holder)}</label>\n`;
  return `<form method="post">
${fields}
${takeOver}<button name="type" value="${type}">${button}</button>
</form>`;
}
