import { InvalidArgumentError, type JSONObject } from '@ai-sdk/provider';
import type { Prompt } from '../../model/language-model.ts';
import { copied } from '../../trace/copied.ts';
import type { Escalation, FieldValue } from '../../trace/escalation.ts';
import type { Attempt, History } from '../../trace/history.ts';
import type { Issue } from '../../trace/issue.ts';
import { parseJson } from '../../trace/parse-json.ts';
import { proposed } from './proposed.ts';

/** What `human({ describe })` gets: the escalation that is about to be filed. */
export interface DescribeRequest {
  /** The scope of the run. */
  readonly scope: string;
  /** The caller's prompt, not redacted. */
  readonly prompt: Prompt;
  /** The attempts so far, oldest first. */
  readonly attempts: readonly Attempt[];
  /** The issues of the best attempt; if every answer was cancelled early, those of the last. */
  readonly issues: readonly Issue[];
  /** The text of the best attempt; empty if every answer was cancelled early. */
  readonly proposal: string;
  /** The JSON value of that text; `undefined` if it is not JSON. */
  readonly value: unknown;
  /** The call's `metadata`. */
  readonly metadata: JSONObject | undefined;
}

/** What reviewers see of an escalation in the list. */
export interface Description {
  /** One line that says what the escalation is about. */
  readonly title: string;
  /** The values that matter, by label. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** Higher comes first. @default 0 */
  readonly priority?: number;
}

/** Returns the title, fields and priority that a reviewer sees in the list. */
export type Describe = (request: DescribeRequest) => Description;

/** What is said of a run that asks for a person. */
interface Described {
  readonly scope: string;
  readonly prompt: Prompt;
  readonly history: History;
  readonly metadata?: JSONObject | undefined;
  readonly describe?: Describe | undefined;
}

/** What the caller's `describe` says; one that fails costs the title and never the escalation. */
export function described(
  { scope, prompt, history, metadata, describe }: Described,
  redact: (text: string) => string,
): Pick<Escalation, 'title' | 'fields' | 'priority'> & { readonly problem?: string } {
  if (describe === undefined) return {};
  const { proposal, issues } = proposed(history);
  const attempts = history.filter((entry) => entry.type === 'attempt');
  try {
    const request = { scope, prompt, attempts, issues, proposal, value: parseJson(proposal)?.value, metadata };
    return readDescription(describe(copied(request)), redact);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: redact(`describe failed: ${reason}`).slice(0, 200) };
  }
}

/**
 * A description with its own members alone, its texts redacted like those of the prompt.
 *
 * @throws InvalidArgumentError for what is none.
 */
function readDescription(
  description: unknown,
  redact: (text: string) => string,
): Pick<Escalation, 'title' | 'fields' | 'priority'> {
  const { title, fields = {}, priority } = membersOf(description);
  if (typeof title !== 'string') throw invalid('describe must return a title.');
  if (priority !== undefined && !(typeof priority === 'number' && Number.isFinite(priority))) {
    throw invalid('priority must be a finite number.');
  }
  const shown = Object.entries(membersOf(fields)).filter(([, value]) => value !== undefined);
  const scalars = shown.map(([label, value]) => {
    if (!isFieldValue(value)) throw invalid(`The field "${label}" must be a text, a number, true, false or null.`);
    return [label, typeof value === 'string' ? redact(value) : value] as const;
  });
  return {
    title: redact(title),
    ...(scalars.length === 0 ? {} : { fields: Object.fromEntries(scalars) }),
    ...(priority === undefined ? {} : { priority }),
  };
}

function isFieldValue(value: unknown): value is FieldValue {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'describe', message });
}
