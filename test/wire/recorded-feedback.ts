import type { PracticeAnswer, PracticeMessage } from '../../examples/practice-server/exchange.ts';
import { type JsonObject, objectsIn, parseObject } from '../../examples/practice-server/json.ts';
import { readMessages } from './recorded-messages.ts';

/** Why a recorded answer was refused. */
export type Failure =
  /** The input of a tool call, or the output, does not fit its schema. */
  | { readonly type: 'invalid'; readonly call: number; readonly findings: readonly Finding[] }
  /** No JSON, where JSON was due. */
  | { readonly type: 'not-json' }
  /** Text, or nothing at all, where the call of a tool was due. */
  | { readonly type: 'no-tool-call' }
  | { readonly type: 'unknown-tool'; readonly call: number; readonly name: string }
  /** A rule of the caller's, known by its words alone. */
  | { readonly type: 'custom'; readonly call: number | undefined; readonly message: string };

/** One complaint of the recorded validator. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The member is one too many: found by strict checks only. */
  readonly isExtra: boolean;
}

/** The feedback a request carries: as recorded, or the last words of the caller to the model. */
export function feedbackOf(request: JsonObject, recorded: unknown): string | undefined {
  if (typeof recorded === 'string') return recorded;
  if (recorded !== undefined) return undefined;
  const last = readMessages(request).at(-1);
  return last?.role === 'tool' || last?.role === 'user' ? last.text : undefined;
}

/** Reads the failure out of the feedback; `call` is the position of the refused call in the answer. */
export function failureOf(feedback: string, { answer, messages }: Context): Failure {
  const call = refusedCall(feedback, { answer, messages });
  const findings = [...readJsonFindings(feedback), ...readTextFindings(feedback)];
  if (/"type":\s*"json_invalid"|Invalid JSON/.test(feedback)) return { type: 'not-json' };
  if (findings.length > 0) return { type: 'invalid', call: call ?? 0, findings };
  const [, name] = /(?:Unknown|Unrecognized) tool(?: name)?:? ['"`]?([\w.-]+)/i.exec(feedback) ?? [];
  if (name !== undefined) return { type: 'unknown-tool', call: call ?? 0, name };
  if (/plain text responses are not permitted|response in a tool call|please return text/i.test(feedback))
    return { type: 'no-tool-call' };
  return { type: 'custom', call, message: bare(feedback) };
}

interface Context {
  readonly answer: PracticeAnswer;
  /** The conversation that carries the feedback. */
  readonly messages: readonly PracticeMessage[];
}

function refusedCall(feedback: string, { answer: { toolCalls = [] }, messages }: Context): number | undefined {
  if (toolCalls.length === 0) return undefined;
  const results = messages.slice(-toolCalls.length).filter(({ role }) => role === 'tool');
  const position = results.findIndex(({ text }) => text.includes(feedback));
  const byId = toolCalls.findIndex(({ id }) => id !== undefined && id === results[position]?.toolCallId);
  return Math.max(byId === -1 ? position : byId, 0);
}

/** The caller's own words, without what pydantic-ai puts around them. */
function bare(feedback: string): string {
  return feedback.replace(/^Validation feedback:\s*/, '').replace(/\s*Fix the errors and try again\.\s*$/, '');
}

function readJsonFindings(feedback: string): readonly Finding[] {
  const [, list = '[]'] = /validation errors?:[^[]*(\[[\s\S]*\])/.exec(feedback) ?? [];
  return objectsIn(parseObject(`{"list":${list}}`)?.list).map(({ type, loc, msg }) => ({
    path: (Array.isArray(loc) ? loc : []).filter(isMember),
    message: String(msg),
    isExtra: type === 'extra_forbidden',
  }));
}

function readTextFindings(feedback: string): readonly Finding[] {
  const [, list = ''] = /validation errors? for [^\n]*\n([\s\S]*?)(?:```|$)/.exec(feedback) ?? [];
  return [...list.matchAll(/^(\S[^\n]*)\n {2}([^\n]*?) \[type=(\w+)/gm)].map(([, path = '', message = '', type]) => ({
    path: path.split('.').map(toMember).filter(isMember),
    message,
    isExtra: type === 'extra_forbidden',
  }));
}

function toMember(word: string): string | number {
  return /^\d+$/.test(word) ? Number(word) : word;
}

/** Pydantic names branches of unions too, such as `list[str]`, which are no members of the value. */
function isMember(word: unknown): word is string | number {
  return typeof word === 'number' || (typeof word === 'string' && !/[[\](),]/.test(word));
}
