import type { JSONValue } from '@ai-sdk/provider';
import type { Escalation } from '../../trace/escalation.ts';
import { isStructural, isToolJson } from '../actions/prompt-names.ts';

/** The shortest beginning of an id that is one, and no word that happens to be in it. */
const minIdLength = 6;

/** Whether every word of a search is somewhere in what people read of an escalation, in any case, or begins its id. */
export function matcher(search: string): (escalation: Escalation) => boolean {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return (escalation) => {
    const text = folded(textOf(escalation).join('\n'));
    const id = folded(escalation.id);
    return words.every((word) => text.includes(word) || (word.length >= minIdLength && id.startsWith(word)));
  };
}

function textOf(escalation: Escalation): string[] {
  const { scope, title = '', fields = {}, metadata = {}, issues, proposal, prompt, claimed, notes = [] } = escalation;
  return [
    scope,
    title,
    ...textsIn(fields),
    ...textsIn(metadata),
    ...issues.map(({ message }) => message),
    proposal,
    ...promptTexts(prompt),
    claimed?.by ?? '',
    ...notes.flatMap(({ by, text }) => [by, text]),
  ];
}

function textsIn(value: JSONValue | undefined): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object') return Object.values(value).flatMap(textsIn);
  return [String(value)];
}

/** Without the names that every prompt is full of, such as `user` and `text`. */
function promptTexts(value: JSONValue | undefined): string[] {
  if (value === null || typeof value !== 'object') return textsIn(value);
  return Object.entries(value).flatMap(([name, member]) => {
    if (isStructural(name, member)) return [];
    return isToolJson(name, value) ? textsIn(member) : promptTexts(member);
  });
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
