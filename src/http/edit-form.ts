import { freePlaces, type Scalar, scalarsOf, spliced } from '../reading/index.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { IssuePath } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import type { Members } from './body.ts';
import { escapeHtml, hasHidden, readableHtml } from './html.ts';

/** A document with more values than this is edited as text. */
const mostFields = 100;
const prefix = 'at:';

/** The fields to edit a JSON answer with, value by value; `undefined` where it has to be edited as text. */
export function editFields({ proposal, issues }: Escalation): string | undefined {
  const leaves = fieldsOf(proposal, issues);
  if (leaves === undefined || leaves.length === 0) return undefined;
  const faults = new Map(issues.map(({ path, message }) => [jsonPointer(path), message]));
  return leaves.map((leaf, index) => field(leaf, `field-${index}`, faults.get(jsonPointer(leaf.path)))).join('\n');
}

/** The answer with what the fields of a form changed; every other character stays. */
export function textOfFields({ proposal, issues }: Escalation, members: Members): string | undefined {
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
  return spliced(proposal, changes);
}

const lineBreaks = /\r\n?|\n/;

/** A text as a browser sends it back: it knows one line break, no NUL and no half of a surrogate pair. */
function asSent(text: string): string {
  return text.replace(new RegExp(lineBreaks, 'g'), '\n').replace(/\0|\p{Surrogate}/gu, '\ufffd');
}

/** The values there are, and those that are missing by the issues and have a place of their own. */
function fieldsOf(proposal: string, issues: Escalation['issues']): readonly Scalar[] | undefined {
  const leaves = scalarsOf(proposal, mostFields);
  if (leaves === undefined) return undefined;
  const isFree = freePlaces(proposal);
  const missing = new Map(issues.filter(({ path }) => isFree(path)).map(({ path }) => [jsonPointer(path), path]));
  return [...leaves, ...[...missing.values()].map((path) => ({ path, value: null, json: 'null' }))];
}

function field(scalar: Scalar, id: string, fault: string | undefined): string {
  const name = escapeHtml(`${prefix}${jsonPointer(scalar.path)}`);
  const text = shown(scalar);
  // An input shows them as they are, which is not at all.
  const spelledOut = hasHidden(text) ? `It holds hidden characters: ${readableHtml(text)}` : undefined;
  const hints = [fault === undefined ? undefined : readableHtml(fault), spelledOut].filter(
    (hint) => hint !== undefined,
  );
  const hint = hints.length === 0 ? '' : `<span id="${id}-hint">${hints.join('<br>')}</span>`;
  const isInvalid = fault === undefined ? '' : ' aria-invalid="true"';
  const described = hints.length === 0 ? '' : ` aria-describedby="${id}-hint"${isInvalid}`;
  const attributes = `id="${id}" name="${name}"${described}`;
  return `<div class="field"><label for="${id}">${readableHtml(labelOf(scalar.path))}</label>${hint}${input(scalar, attributes)}</div>`;
}

function input(scalar: Scalar, attributes: string): string {
  const { value } = scalar;
  const text = shown(scalar);
  if (typeof value === 'boolean') {
    const option = (choice: string) => `<option${choice === text ? ' selected' : ''}>${choice}</option>`;
    return `<select ${attributes}>${option('true')}${option('false')}</select>`;
  }
  if (text.length > 60 || lineBreaks.test(text)) {
    // The parser drops a line break that opens a textarea.
    return `<textarea ${attributes} rows="3">\n${escapeHtml(text)}</textarea>`;
  }
  const mode = typeof value === 'number' ? ' inputmode="decimal"' : '';
  return `<input ${attributes}${mode} value="${escapeHtml(text)}">`;
}

/** `lines[0].unitPrice` as "Lines 1 › unit price". */
export function labelOf(path: IssuePath): string {
  const words = path.map((key) => (typeof key === 'number' ? String(key + 1) : inWords(key)));
  const label = words.reduce(
    (text, word) => (/^\d+$/.test(word) ? `${text} ${word}` : text === '' ? word : `${text} › ${word}`),
    '',
  );
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function inWords(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}

function shown({ value, json }: Scalar): string {
  return value === null ? '' : typeof value === 'string' ? value : json;
}

/** A number stays one when it still looks like it; what a text says is the schema's to read. */
function jsonOf(written: string, { value }: Scalar): string {
  if (typeof value === 'boolean' && /^(?:true|false)$/.test(written)) return written;
  if (typeof value === 'number' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(written.trim())) return written.trim();
  return JSON.stringify(written);
}
