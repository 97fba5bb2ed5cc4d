import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Answer } from '../model/answer.ts';
import type { IssuePath } from '../trace/issue.ts';
import type { Check, CheckContext, FoundIssue } from './check.ts';
import { withoutCode } from './code/without-code.ts';
import { citedObjects } from './evidence/cited-objects.ts';
import { isQuoted } from './evidence/claims.ts';
import { type Evidence, evidenceOf } from './evidence/index-of.ts';
import { quotationsIn, referencesIn } from './evidence/references.ts';

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
 * @example citations({ sources: { 'doc-1': policy, 'doc-2': terms }, required: true })
 */
export function citations(options: CitationsOptions): Check {
  refuseBadOptions('citations', options, { sources: true, required: true, members: true, name: true });
  const { sources, required = false, members = { source: 'source', quote: 'quote' }, name = 'citations' } = options;
  return {
    name,
    async test(answer, context) {
      if (answer.text.length > longestAnswer) return `Shorten the answer to at most ${longestAnswer} characters.`;
      const library = libraryOf(typeof sources === 'function' ? await sources(context) : sources);
      const claims = isJson(answer) ? citedObjects(answer.value, members) : citedInText(answer.text, library.ids);
      if (required && !claims.some(({ ids }) => ids.length > 0))
        return [{ message: `Name the sources the answer rests on: ${listOf(library.ids)}.`, kind: 'content' }];
      return claims.flatMap((claim) => issuesOf(claim, library)).slice(0, mostIssues);
    },
  };
}

interface Claim {
  readonly ids: readonly string[];
  readonly quotation: string | undefined;
  readonly path: IssuePath;
}

interface Library {
  readonly ids: readonly string[];
  evidence(id: string): Evidence | undefined;
}

function libraryOf(sources: CitedSources): Library {
  const entries = Array.isArray(sources)
    ? sources.map((text, index) => [String(index + 1), text] as const)
    : Object.entries(sources);
  const texts = new Map<string, string>(entries);
  const known = new Map<string, Evidence>();
  return {
    ids: [...texts.keys()],
    evidence(id) {
      const text = texts.get(id);
      if (text === undefined) return undefined;
      const evidence = known.get(id) ?? evidenceOf([text]);
      known.set(id, evidence);
      return evidence;
    },
  };
}

/** The references of a text, and its quotations with the references that follow them. */
function citedInText(whole: string, ids: readonly string[]): Claim[] {
  // An index in code is no reference.
  const text = withoutCode(whole);
  const references = referencesIn(text, ids);
  const quotations = quotationsIn(text);
  const inOrder = references.toSorted((one, other) => one.start - other.start);
  let passed = 0;
  return [
    ...references.map(({ ids: named }) => ({ ids: named, quotation: undefined, path: [] })),
    ...quotations.map(({ said, end }, index) => {
      const until = Math.min(end + reach, quotations[index + 1]?.start ?? text.length);
      while ((inOrder[passed]?.start ?? end) < end) passed += 1;
      const next = inOrder[passed];
      return { ids: next !== undefined && next.start < until ? next.ids : [], quotation: said, path: [] };
    }),
  ];
}

/** How far behind a quotation its reference may stand. */
const reach = 120;

function issuesOf({ ids, quotation, path }: Claim, library: Library): FoundIssue[] {
  const unknown = ids.filter((id) => library.evidence(id) === undefined);
  if (unknown.length > 0 && quotation === undefined)
    return unknown.map((id) => ({
      message: `Name a source there is, in place of ${JSON.stringify(id)}: ${listOf(library.ids)}.`,
      path,
    }));
  if (quotation === undefined || unknown.length > 0) return [];
  const searched = ids.length === 0 ? library.ids : ids;
  const stands = searched.some((id) => isQuoted(quotation, library.evidence(id)));
  if (stands) return [];
  const shown = JSON.stringify(quotation.slice(0, 200));
  const holder = library.ids.find((id) => isQuoted(quotation, library.evidence(id)));
  if (holder !== undefined)
    return [
      {
        message: `Refer to source ${holder} for the quotation ${shown}: it stands there, not in ${ids.join(', ')}.`,
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
