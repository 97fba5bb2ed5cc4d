/** Whether a value of the store is a record, as far as the inbox reads it. Members and entries that it does not know are let be. */
export function isRecord(value: unknown): boolean {
  if (!isObject(value) || value.v !== 1 || !isListOf(value.history, isEntry)) return false;
  const { announced, escalation } = value;
  return (announced === true || isObject(announced)) && isEscalation(escalation);
}

function isEscalation(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, scope, stage, proposal, createdAt, expiresAt, issues, audit, notes = [], claimed = {}, decision } = value;
  if (![id, scope, stage, proposal].every(isText) || !isTime(createdAt) || !isTime(expiresAt)) return false;
  if (!isListOf(issues, isObject) || !isListOf(audit, isObject) || !isListOf(notes, isObject)) return false;
  return isObject(claimed) && (decision === undefined || isDecision(decision));
}

function isEntry(value: unknown): boolean {
  if (!isObject(value) || !isText(value.type)) return false;
  if (value.type === 'attempt')
    return typeof value.number === 'number' && isText(value.text) && isVerdict(value.verdict);
  return value.type !== 'decision' || isDecision(value.decision);
}

function isVerdict(value: unknown): boolean {
  return isObject(value) && (value.type === 'pass' || (value.type === 'fail' && isListOf(value.issues, isObject)));
}

const decisionTypes: ReadonlySet<unknown> = new Set(['approve', 'edit', 'retry', 'reject', 'escalate']);

function isDecision(value: unknown): boolean {
  if (!isObject(value) || !decisionTypes.has(value.type) || !isTime(value.at)) return false;
  if (value.type === 'edit') return isText(value.text);
  return value.type !== 'retry' || isText(value.advice);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && Number.isFinite(Date.parse(value));
}
