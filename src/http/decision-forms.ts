import type { RecordedDecision } from '../trace/decision.ts';
import type { Escalation } from '../trace/escalation.ts';
import { editFields } from './edit-form.ts';
import { escapeHtml } from './html.ts';

/** The form of one decision; empty where the escalation cannot be decided like that. */
export function decisionForm(type: RecordedDecision['type'], escalation: Escalation): string {
  switch (type) {
    case 'approve':
      return escalation.proposal === '' ? '' : form(type, '', 'Approve the answer as it is');
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
