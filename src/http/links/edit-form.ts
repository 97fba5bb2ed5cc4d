import { freePlaces, type Scalar, scalarsOf, spliced } from '../../reading/index.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { jsonPointer } from '../../trace/json-pointer.ts';
import type { Members } from '../requests/body.ts';
import type { EditIssue } from './edit-issue.ts';
import { escapeHtml, hasHidden, readableHtml } from './html.ts';
import { labelOf } from './labels.ts';
import { longestDocument } from './shown-answer.ts';

/** A document with more values than this is edited as text. */
const mostFields = 100;
const prefix = 'at:';
const noNumber = 'Write a number here, in digits alone, such as 1250 or 12.50.';

/** What was sent and not accepted, and what is wrong with it. */
export interface SentForm {
  readonly members: Members;
  readonly issues: readonly EditIssue[];
}

/**
 * The fields to edit a JSON answer with, value by value, filled with what was sent before; `undefined` where it has to be
 * edited as text.
 */
export function editFields({ proposal, issues }: Escalation, sent?: SentForm): string | undefined {
  const leaves = fieldsOf(proposal, issues);
  if (leaves === undefined || leaves.length === 0) return undefined;
  const faults = new Map((sent?.issues ?? issues).map(({ path, message }) => [jsonPointer(path), message]));
  return leaves
    .map((scalar, index) => {
      const pointer = jsonPointer(scalar.path);
      const written = sent?.members[`${prefix}${pointer}`];
      const text = typeof written === 'string' ? written : shown(scalar);
      return field({ scalar, text, id: `field-${index}`, fault: faults.get(pointer) });
    })
    .join('\n');
}

/**
 * The answer with what the fields of a form changed; every other character stays. What is no number where one stood is an
 * issue.
 */
export function readFields(
  { proposal, issues }: Escalation,
  members: Members,
): { readonly text: string; readonly issues: readonly EditIssue[] } | undefined {
  const leaves = fieldsOf(proposal, issues);
  if (leaves === undefined || !Object.keys(members).some((name) => name.startsWith(prefix))) return undefined;
  const changes = leaves.flatMap((scalar) => {
    const { path } = scalar;
    const written = members[`${prefix}${jsonPointer(path)}`];
    const before = shown(scalar);
    if (typeof written !== 'string' || asSent(written) === asSent(before)) return [];
    const [lineBreak = '\n'] = lineBreaks.exec(before) ?? [];
    return [{ path, json: jsonOf(written.replace(new RegExp(lineBreaks, 'g'), lineBreak), scalar) }];
  });
  const mistaken = leaves.filter(({ path, value }) => {
    const json = changes.find((change) => change.path === path)?.json;
    return typeof value === 'number' && json !== undefined && !isNumber(json);
  });
  return {
    text: spliced(proposal, changes),
    issues: mistaken.map(({ path }) => ({ path, message: noNumber })),
  };
}

const lineBreaks = /\r\n?|\n/;

/** A text as a browser sends it back: it knows one line break, no NUL and no half of a surrogate pair. */
function asSent(text: string): string {
  return text.replace(new RegExp(lineBreaks, 'g'), '\n').replace(/\0|\p{Surrogate}/gu, '\ufffd');
}

/** The values there are, and those that are missing by the issues and have a place of their own. */
function fieldsOf(proposal: string, issues: Escalation['issues']): readonly Scalar[] | undefined {
  const leaves = proposal.length > longestDocument ? undefined : scalarsOf(proposal, mostFields);
  if (leaves === undefined) return undefined;
  const isFree = freePlaces(proposal);
  const missing = new Map(issues.filter(({ path }) => isFree(path)).map(({ path }) => [jsonPointer(path), path]));
  return [...leaves, ...[...missing.values()].map((path) => ({ path, value: null, json: 'null' }))];
}

interface Field {
  readonly scalar: Scalar;
  /** What it holds. */
  readonly text: string;
  readonly id: string;
  readonly fault: string | undefined;
}

function field({ scalar, text, id, fault }: Field): string {
  const name = escapeHtml(`${prefix}${jsonPointer(scalar.path)}`);
  // An input shows them as they are, which is not at all.
  const spelledOut = hasHidden(text) ? `It holds hidden characters: ${readableHtml(text)}` : undefined;
  const hints = [fault === undefined ? undefined : readableHtml(fault), spelledOut].filter(
    (hint) => hint !== undefined,
  );
  const hint = hints.length === 0 ? '' : `<span id="${id}-hint">${hints.join('<br>')}</span>`;
  const isInvalid = fault === undefined ? '' : ' aria-invalid="true"';
  const described = hints.length === 0 ? '' : ` aria-describedby="${id}-hint"${isInvalid}`;
  const attributes = `id="${id}" name="${name}"${described}`;
  return `<div class="field"><label for="${id}">${readableHtml(labelOf(scalar.path))}</label>${hint}${input(scalar, text, attributes)}</div>`;
}

function input({ value }: Scalar, text: string, attributes: string): string {
  if (typeof value === 'boolean') {
    const option = (choice: string, word: string) =>
      `<option value="${choice}"${choice === text ? ' selected' : ''}>${word}</option>`;
    return `<select ${attributes}>${option('true', 'yes')}${option('false', 'no')}</select>`;
  }
  if (text.length > 60 || lineBreaks.test(text)) {
    // The parser drops a line break that opens a textarea.
    return `<textarea ${attributes} rows="3">\n${escapeHtml(text)}</textarea>`;
  }
  const mode = typeof value === 'number' ? ' inputmode="decimal"' : '';
  return `<input ${attributes}${mode} value="${escapeHtml(text)}">`;
}

function shown({ value, json }: Scalar): string {
  return value === null ? '' : typeof value === 'string' ? value : json;
}

/** A number stays one when it still looks like it; what a text says is the schema's to read. */
function jsonOf(written: string, { value }: Scalar): string {
  if (typeof value === 'boolean' && /^(?:true|false)$/.test(written)) return written;
  if (typeof value === 'number' && isNumber(written.trim())) return written.trim();
  return JSON.stringify(written);
}

function isNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
}
