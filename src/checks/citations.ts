import { InvalidArgumentError } from '@ai-sdk/provider';
import { inTurns, type Steps } from '../effects/in-turns.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Answer } from '../model/answer.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { Check, CheckContext, FoundIssue } from './check.ts';
import { withoutCode } from './code/without-code.ts';
import { configuredBy } from './configured.ts';
import { citedObjects } from './evidence/cited-objects.ts';
import { piecesOf } from './evidence/pieces.ts';
import { isQuoted } from './evidence/quoted.ts';
import { idForm, type Quotation, quotationsIn, type Reference, referencesIn } from './evidence/references.ts';
import { type WordIndex, wordIndexOf } from './evidence/word-index.ts';

/** The texts that an answer may cite, by the id that references use. A list is numbered from 1. */
export type CitedSources = Readonly<Record<string, string>> | readonly string[];

/** The sources that an answer may cite, and how it cites them. */
export interface CitationsOptions {
  /** The sources, or a function that returns them for each answer. */
  readonly sources: CitedSources | ((context: CheckContext) => CitedSources | PromiseLike<CitedSources>);
  /** Whether the answer must contain a reference. @default false */
  readonly required?: boolean;
  /** The members of a JSON answer that name a source and quote it. @default { source: 'source', quote: 'quote' } */
  readonly members?: { readonly source: string; readonly quote: string };
  /** The check's name; unique on a model. @default 'citations' */
  readonly name?: string;
}

const longestAnswer = 1_000_000;
const mostIssues = 30;

/**
 * Every reference in the answer names an existing source, and every quotation occurs in the source it names. A
 * quotation without a reference may occur in any source. References are `[1]`, `[2, 3]`, `[^1]`, `【1†…】`, `[doc-4]`, or
 * members of a JSON answer.
 *
 * @throws InvalidArgumentError if there are no sources.
 * @example citations({ sources: { 'doc-1': policy, 'doc-2': terms }, required: true })
 */
export function citations(options: CitationsOptions): Check {
  refuseBadOptions('citations', options, { sources: true, required: 'boolean', members: true, name: 'string' });
  const { sources, required = false, members = { source: 'source', quote: 'quote' }, name = 'citations' } = options;
  if (typeof sources !== 'function' && !hasTexts(sources))
    throw invalid('sources', "a list of texts, texts by id ({ 'doc-1': text }), or a function that returns either");
  if (typeof members?.source !== 'string' || typeof members.quote !== 'string')
    throw invalid('members', "the names of two members: { source: 'source', quote: 'quote' }");
  const ids = typeof sources === 'function' || Array.isArray(sources) ? [] : Object.keys(sources);
  return configuredBy([ids, members.source, members.quote], {
    name,
    async test(answer, context) {
      if (answer.text.length > longestAnswer) return `Shorten the answer to at most ${longestAnswer} characters.`;
      const library = libraryOf(typeof sources === 'function' ? await sources(context) : sources);
      const length = library.length + answer.text.length;
      return await inTurns(issuesIn(answer, library), { length, abortSignal: context.abortSignal });
    },
  });

  function* issuesIn(answer: Answer, library: Library): Steps<FoundIssue[]> {
    const claims = isJson(answer)
      ? yield* citedObjects(answer.value, members)
      : yield* citedInText(answer.text, library.ids);
    if (required && !claims.some(({ ids }) => ids.length > 0))
      return [{ message: `Name the sources the answer rests on: ${listOf(library.ids)}.`, kind: 'content' }];
    const issues: FoundIssue[] = [];
    for (const claim of claims) {
      yield;
      issues.push(...(yield* issuesOf(claim, library)));
      if (issues.length >= mostIssues) break;
    }
    return issues.slice(0, mostIssues);
  }
}

function hasTexts(sources: unknown): boolean {
  const texts = typeof sources === 'object' && sources !== null ? Object.values(sources) : [];
  return texts.length > 0 && texts.every((text) => typeof text === 'string');
}

interface Claim {
  readonly ids: readonly string[];
  readonly quotation: string | undefined;
  readonly path: IssuePath;
}

interface Library {
  readonly ids: readonly string[];
  /** Of all its texts. */
  readonly length: number;
  has(id: string): boolean;
  /** The first of the sources that the quotation stands in. */
  holderOf(quotation: string, among: readonly string[]): Steps<string | undefined>;
}

function libraryOf(sources: CitedSources): Library {
  const entries = Array.isArray(sources)
    ? sources.map((text, index) => [String(index + 1), text] as const)
    : Object.entries(sources);
  const texts = new Map<string, string>(entries);
  const known = new Map<string, WordIndex>();
  return {
    ids: [...texts.keys()],
    length: entries.reduce((sum, [, text]) => sum + text.length, 0),
    has: (id) => texts.has(id),
    *holderOf(quotation, among) {
      for (const id of among) {
        const index = known.get(id) ?? (yield* wordIndexOf(texts.get(id) ?? ''));
        known.set(id, index);
        if (isQuoted(quotation, index)) return id;
      }
      return undefined;
    },
  };
}

/** The references of a text, and its quotations with the references that follow them. */
function* citedInText(whole: string, ids: readonly string[]): Steps<readonly Claim[]> {
  // An index in code is no reference.
  const text = yield* withoutCode(whole);
  const isId = idForm(ids);
  const references: Reference[] = [];
  const quotations: Quotation[] = [];
  for (const { text: piece, start } of piecesOf(text)) {
    yield;
    for (const found of referencesIn(piece, isId)) references.push({ ...found, start: start + found.start });
    for (const found of quotationsIn(piece))
      quotations.push({ ...found, start: start + found.start, end: start + found.end });
  }
  const claims: Claim[] = references.map(({ ids: named }) => ({ ids: named, quotation: undefined, path: [] }));
  let passed = 0;
  for (const [index, { said, end }] of quotations.entries()) {
    const until = Math.min(end + reach, quotations[index + 1]?.start ?? text.length);
    while ((references[passed]?.start ?? end) < end) passed += 1;
    const next = references[passed];
    claims.push({ ids: next !== undefined && next.start < until ? next.ids : [], quotation: said, path: [] });
  }
  return claims;
}

/** How far after a quotation its reference may stand. */
const reach = 120;

function* issuesOf({ ids, quotation, path }: Claim, library: Library): Steps<FoundIssue[]> {
  const unknown = ids.filter((id) => !library.has(id));
  if (unknown.length > 0 && quotation === undefined)
    return unknown.map((id) => ({
      message: `Name a source there is, in place of ${JSON.stringify(id)}: ${listOf(library.ids)}.`,
      path,
    }));
  if (quotation === undefined || unknown.length > 0) return [];
  if ((yield* library.holderOf(quotation, ids.length === 0 ? library.ids : ids)) !== undefined) return [];
  const shown = JSON.stringify(quotation.slice(0, 200));
  const holder = ids.length === 0 ? undefined : yield* library.holderOf(quotation, library.ids);
  if (holder !== undefined)
    return [
      {
        message: `Refer to source ${holder} for the quotation ${shown}: it is there, not in ${ids.join(', ')}.`,
        path,
        suggestion: holder,
      },
    ];
  const where = ids.length === 0 ? 'no source has it' : `source ${ids.join(', ')} does not have it`;
  return [{ message: `Quote word for word, or leave the quotation out: ${where}: ${shown}.`, path }];
}

function listOf(ids: readonly string[]): string {
  return ids.length > 20 ? `${ids.slice(0, 20).join(', ')}, …` : ids.join(', ');
}

function isJson({ text, value }: Answer): boolean {
  return typeof value === 'object' && value !== null && /^\s*(?:\{|\[\s*[\]{["]|```)/.test(text);
}

function invalid(argument: string, wanted: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument, message: `citations() takes ${argument}: ${wanted}.` });
}
