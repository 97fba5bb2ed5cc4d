import { atOnce, inTurns, type Steps } from '../../effects/in-turns.ts';
import type { IncrementalState } from '../../incremental/incremental-check.ts';
import type { Fix } from '../../trace/fix.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { parseJson } from '../../trace/parse-json.ts';
import { agreementWith } from './agreement.ts';
import { continuationOf } from './continuation.ts';
import { openDocument } from './document.ts';
import { holdsAny } from './released-path.ts';

/** The text that the reader has, over all attempts. Nothing is ever taken back. */
export interface LiveText {
  /** The text released so far. */
  released(): string;
  /** The part that the next answer has to keep: all of it, except prose that did not break off in the middle. */
  owed(): string;
  /** Marks that the answer broke off in the middle of its text. The next one has to keep it, even if it is prose. */
  breakOff(): void;
  /** Whether another answer began after some text was released. */
  isContinued(): boolean;
  /** Whether what goes out comes from more than one answer. */
  isSpliced(): boolean;
  /** The index of the answer that begins next. */
  next(): number;
  /** Begins to release the next answer, which has to agree with the released text. It tells what reading changed. */
  begin(fixesIn?: FixesIn): AnswerRelease;
  /** What reading changed in the released text, where it comes from several answers, and what it changed in the one that goes out. */
  fixes(own: readonly Fix[]): readonly Fix[];
  /** Whether part of a value that has an issue was released. A long text takes turns of the event loop. */
  holdsAny(issues: readonly { readonly path: IssuePath }[], signal: AbortSignal | undefined): Promise<boolean>;
  /** Where a whole text disagrees with what was released. */
  disagreement(text: string): IssuePath | undefined;
  /** The same, of a long text in turns of the event loop; from then on `disagreement` has the answer at hand. */
  compare(text: string, signal: AbortSignal | undefined): Promise<IssuePath | undefined>;
  /** Says which answer goes out in the end, by its index; a negative one is none that was begun here. */
  accept(index: number): void;
  /** How much of the answer that goes out the reader has; of one that continues JSON, in which all has one place, all. */
  reached(text: string): number;
  /** Releases the rest of an accepted text. */
  complete(text: string): void;
}

/** What reading changed in so much of an answer. */
export type FixesIn = (length: number) => readonly Fix[];

/** The release of one answer. */
export interface AnswerRelease {
  /** How much of the answer was released, as it is read. */
  sent(): number;
  /**
   * Takes the next piece and how the whole text so far stands; the first disagreement with what was released
   * before, once there is one.
   */
  push(piece: string, state: ReleaseState): Disagreement | undefined;
}

/** How far the text of an answer may be shown. */
export interface ReleaseState extends Pick<IncrementalState, 'safeLength' | 'jsonStart'> {
  /** Whether the text so far is exactly what the model wrote. @default true */
  readonly isAsWritten?: boolean;
}

/** The place where a new answer differs from the released text. */
export interface Disagreement {
  readonly path: IssuePath;
  /** Whether no reading of the answer would agree. */
  readonly isCertain: boolean;
}

/**
 * `json` continues by value, whatever the order and the white space; `text` by characters; `prose`, which nothing judges,
 * with whatever the next answer says, but does not say twice what it repeats. Prose that broke off continues as `text`.
 */
export type TextFormat = 'json' | 'text' | 'prose';

export function liveText(format: TextFormat, release: (text: string, isAsWritten: boolean) => void): LiveText {
  let released = '';
  let isContinued = false;
  /** The answers that come into what goes out, and the one that adds to it now. */
  const sources = new Set<number>();
  let source = -1;
  let isBroken = false;
  const answers: { readonly fixes: () => readonly Fix[]; readonly sent: () => number }[] = [];
  const isProse = () => format === 'prose' && !isBroken;

  function send(text: string, isAsWritten = true): void {
    if (text === '') return;
    released += text;
    sources.add(source);
    release(text, isAsWritten);
  }

  /** What came of the latest comparison, and of what. */
  let compared: { readonly text: string; readonly length: number; readonly path: IssuePath | undefined } | undefined;

  function* comparison(text: string): Steps<IssuePath | undefined> {
    if (text.startsWith(released)) return undefined;
    if (isProse()) return undefined;
    if (format !== 'json') return [];
    if (compared?.length === released.length && compared.text === text) return compared.path;
    const { length } = released;
    const before = openDocument();
    yield* before.pushInSteps(released);
    // A text that is no JSON agrees with none, though no value of it differs.
    const path =
      (yield* agreementWith(before).pushInSteps(`${text} `)) ?? (parseJson(text) === undefined ? [] : undefined);
    compared = { text, length, path };
    return path;
  }

  /** How much of the answer that goes out was shown: prose may follow what another answer said. */
  function shownOf(text: string): number {
    return text.startsWith(released) ? released.length : (answers[source]?.sent() ?? 0);
  }

  function beginAnswer(): AnswerRelease {
    if (released === '') return firstRelease(send);
    isContinued = true;
    if (isProse()) return unrepeatedText(released, send);
    if (format === 'json') return continuedRelease(released, send);
    return continuedText(released, (text, isAsWritten) => {
      isBroken = false;
      send(text, isAsWritten);
    });
  }

  return {
    released: () => released,
    owed: () => (isProse() ? '' : released),
    breakOff() {
      isBroken = true;
    },
    isContinued: () => isContinued,
    isSpliced: () => sources.size > 1,
    next: () => answers.length,
    begin(fixesIn = () => []) {
      source = answers.length;
      const answer = beginAnswer();
      answers.push({ fixes: () => fixesIn(answer.sent()), sent: answer.sent });
      return answer;
    },
    fixes(own) {
      const shown = isContinued ? answers.flatMap(({ fixes }) => fixes()) : [];
      const seen = new Set(own.map(changeOf));
      return [...shown.filter((fix) => seen.size < seen.add(changeOf(fix)).size), ...own];
    },
    async holdsAny(issues, abortSignal) {
      const paths = issues.map(({ path }) => path);
      return inTurns(holdsAny(released, paths), { length: released.length, abortSignal });
    },
    disagreement: (text) => atOnce(comparison(text)),
    compare: async (text, abortSignal) => inTurns(comparison(text), { length: text.length, abortSignal }),
    accept(index) {
      source = index;
      sources.add(index);
    },
    reached: (text) => (format === 'json' ? Number.POSITIVE_INFINITY : shownOf(text)),
    complete(text) {
      if (format !== 'json' || text.startsWith(released)) {
        send(text.slice(shownOf(text)));
        return;
      }
      const before = openDocument();
      before.push(released);
      isContinued = true;
      send(continuationOf(before).push(text));
    },
  };
}

/** What an answer that repeats a value may change in the same way. */
function changeOf({ path, rule, to }: Fix): string {
  return JSON.stringify([path, rule, to]);
}

/** Releases the characters of an answer that are safe. */
function firstRelease(send: (text: string, isAsWritten?: boolean) => void): AnswerRelease {
  let tail = '';
  let offset = 0;
  return {
    sent: () => offset,
    push(piece, { safeLength, jsonStart, isAsWritten }) {
      tail += piece;
      if (offset < jsonStart) {
        const skipped = Math.min(tail.length, jsonStart - offset);
        tail = tail.slice(skipped);
        offset += skipped;
      }
      if (safeLength > offset) {
        const safe = wholeCharacters(tail.slice(0, safeLength - offset));
        tail = tail.slice(safe.length);
        offset += safe.length;
        send(safe, isAsWritten);
      }
      return undefined;
    },
  };
}

/** Leaves out the first half of a surrogate pair, which is nothing to show. */
function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}

/** How many held characters are released at once, beside twice as many as have come. */
const heldAtOnce = 4096;

function continuedRelease(released: string, send: (text: string) => void): AnswerRelease {
  const before = openDocument();
  before.push(released);
  const agreement = agreementWith(before);
  const continuation = continuationOf(before);
  let unjudged = '';
  let hasBegun = false;
  /** What is safe and not released yet, in pieces of which each ends where the document takes it. */
  const held: string[] = [];
  let next = 0;
  const safe = firstRelease((text) => void held.push(text));

  /** Releases what is held, and of very much of it a part each time, so that none takes long. */
  function releaseHeld(length: number): void {
    for (let left = length; left > 0 && next < held.length; next += 1) {
      const text = held[next] ?? '';
      left -= text.length;
      send(continuation.push(text));
    }
  }

  return {
    sent: () => (next === 0 ? 0 : safe.sent() - held.slice(next).join('').length),
    push(piece, state) {
      unjudged += piece;
      let path: IssuePath | undefined;
      if (hasBegun || state.safeLength > state.jsonStart) {
        const text = hasBegun ? unjudged : unjudged.slice(state.jsonStart);
        hasBegun = true;
        unjudged = '';
        path = agreement.push(text);
      }
      if (path !== undefined) return { path, isCertain: agreement.isCertain() };
      safe.push(piece, state);
      // Nothing is added until the new answer has repeated everything that was released.
      if (agreement.isConfirmed()) releaseHeld(heldAtOnce + 2 * piece.length);
      return undefined;
    },
  };
}

/** Plain text continues the released text if it begins with it. */
function continuedText(released: string, send: (text: string, isAsWritten?: boolean) => void): AnswerRelease {
  let length = 0;
  const rest = firstRelease(send);
  return {
    sent: rest.sent,
    push(piece, { safeLength, isAsWritten = true }) {
      if (!piece.startsWith(released.slice(length, length + piece.length))) return { path: [], isCertain: true };
      length += piece.length;
      return rest.push(piece, { safeLength, jsonStart: released.length, isAsWritten });
    },
  };
}

/** Skips the beginning of an answer that repeats the released text. */
function unrepeatedText(released: string, send: (text: string) => void): AnswerRelease {
  /** How much was repeated so far. */
  let length = 0;
  let isPast = false;
  let sent = 0;
  return {
    sent: () => sent,
    push(piece) {
      sent += piece.length;
      if (isPast) {
        send(piece);
        return undefined;
      }
      const rest = released.slice(length, length + piece.length);
      if (piece === rest) {
        length += piece.length;
        return undefined;
      }
      isPast = true;
      const isRepeated = length + rest.length === released.length && piece.startsWith(rest);
      send(isRepeated ? piece.slice(rest.length) : released.slice(0, length) + piece);
      return undefined;
    },
  };
}
