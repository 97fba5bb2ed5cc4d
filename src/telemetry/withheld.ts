import { explainFinding } from '../errors/explain-run.ts';
import type { Prompt } from '../model/language-model.ts';
import { promptTexts } from '../model/prompt-text.ts';
import type { Issue } from '../trace/issue.ts';
import { withoutQuotes } from '../trace/without-quotes.ts';

/** What was said in a run. */
export interface Said {
  readonly params: { readonly prompt: Prompt };
  readonly toolResults: readonly { readonly output: unknown }[];
  readonly candidates: ReadonlyMap<number, { readonly answer: { readonly text: string } }>;
  readonly state: { readonly earlier: { readonly attempts: readonly { readonly text: string }[] } | undefined };
}

const around = Symbol('said');

/** Lets a sink keep back what the run of an event said: nobody else sees it, and no copy of the event has it. */
export function rememberSaid(event: object, said: Said): void {
  Object.defineProperty(event, around, { value: said });
}

/** The prompt, the answers, and what tools returned, of the run an event belongs to. */
export function saidIn(event: object): readonly string[] {
  const { [around]: said } = event as { readonly [around]?: Said };
  return said === undefined ? [] : textsOf(said);
}

/** The prompt, the answers, and what tools returned. */
export function textsOf({ params, toolResults, candidates, state }: Said): readonly string[] {
  return [
    ...promptTexts(params.prompt),
    ...toolResults.map(({ output }) => textOf(output)),
    ...[...candidates.values()].map(({ answer }) => answer.text),
    ...(state.earlier?.attempts ?? []).map(({ text }) => text),
  ];
}

/** An issue with its place, and without what its message repeats from others. */
export function findingWithout(issue: Issue, said: readonly string[]): string {
  return isTooMuch(said) ? explainFinding({ ...issue, message: '…' }, []) : explainFinding(issue, said);
}

/** Looking for quotes takes time; where there is more to look through, words are left out. */
const mostCharacters = 200_000;

/** A text without what it repeats from others. */
export function withoutSaid(text: string, said: readonly string[]): string {
  return isTooMuch(said) ? '…' : withoutQuotes(text, said);
}

function isTooMuch(said: readonly string[]): boolean {
  return said.reduce((sum, each) => sum + each.length, 0) > mostCharacters;
}

/** A value as the text that words could repeat. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
