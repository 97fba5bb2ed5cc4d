import type { Steps } from '../../effects/in-turns.ts';
import { calledSecret, type Kind, kinds } from './forms.ts';
import { isExample, isExpression } from './no-secret.ts';
import { isRandom } from './randomness.ts';
import { readPlainly } from './read-plainly.ts';

export interface FoundSecret {
  readonly sort: string;
  readonly secret: string;
  readonly start: number;
}

/** Longest text that is read. */
const longestText = 20_000_000;
const mostFound = 100;

/** What in a text is a secret by its form and is not allowed, each place once. */
export function* secretsIn(text: string, isAllowed: (secret: string) => boolean): Steps<FoundSecret[]> {
  const found: FoundSecret[] = [];
  const { read, placeOf } = yield* readPlainly(text.slice(0, longestText));
  for (const candidate of candidatesIn(read)) {
    yield;
    if (candidate === undefined) continue;
    const { secret, start } = candidate;
    const isKnown = found.some(
      (other) => other.start < start + secret.length && start < other.start + other.secret.length,
    );
    if (!isKnown && !isExample(secret) && !isAllowed(secret)) found.push(candidate);
    if (found.length >= mostFound) break;
  }
  return found
    .map((secret) => ({ ...secret, start: placeOf(secret.start) }))
    .sort((one, other) => one.start - other.start);
}

/** `undefined` between two kinds, where the work can be left off. */
function* candidatesIn(text: string): Iterable<FoundSecret | undefined> {
  for (const kind of kinds) {
    yield undefined;
    yield* ofKind(text, kind);
  }
  yield undefined;
  yield* inColumns(text);
}

function* ofKind(text: string, { sort, form, holds = () => true }: Kind): Iterable<FoundSecret> {
  for (const match of text.matchAll(form)) {
    // Emphasis and the end of a sentence are no part of it.
    const secret = match.groups?.secret?.replace(/[*_.]+$/, '') ?? match[0];
    const start = match.index + match[0].lastIndexOf(secret);
    if (holds(secret, { text, start, groups: match.groups ?? {} })) yield { sort, secret, start };
  }
}

/** What stands below the head of a table's column that is called a secret. */
function* inColumns(text: string): Iterable<FoundSecret> {
  for (const { 0: line, index } of text.matchAll(/^[ \t|:]*-[-:| \t]*$/gm)) {
    const head = text.slice(text.lastIndexOf('\n', index - 2) + 1, Math.max(0, index - 1));
    if (!head.includes('|') || !calledSecret.test(head)) continue;
    const columns = head.split('|').map((name) => calledSecret.test(name));
    let start = index + line.length + 1;
    for (;;) {
      const end = text.indexOf('\n', start);
      const row = text.slice(start, end < 0 ? undefined : end);
      if (!row.includes('|') || /^[\s|:-]+$/.test(row)) break;
      let place = start;
      for (const [column, cell] of row.split('|').entries()) {
        const secret = cell.replace(/^[\s*_`]+|[\s*_`]+$/g, '');
        if (columns[column] && /^\S{8,128}$/.test(secret) && isRandom(secret) && !isExpression(secret))
          yield { sort: 'password or key', secret, start: place + cell.indexOf(secret) };
        place += cell.length + 1;
      }
      if (end < 0) break;
      start = end + 1;
    }
  }
}
