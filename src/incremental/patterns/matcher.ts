import { Alphabet, NONE } from './alphabet.ts';
import { Automaton, type State } from './automaton.ts';
import { spend } from './effort.ts';
import type { Expression } from './expression.ts';
import type { Flags } from './flags.ts';
import { compileExpression, END, LINE_END, LINE_START, type Program, START, WORD } from './program.ts';

/** What holds at each position of a text, bit by bit. */
type Contexts = Uint32Array;

/** Reads a text until `onMatch`, called wherever the program matches, answers true. */
type Scan = (text: string, contexts: Contexts | undefined, onMatch: (at: number) => boolean) => void;

/**
 * Makes the function that says whether a text matches somewhere, in time linear in the text: it is read once, and before
 * that once for each lookahead and lookbehind, to find where they hold.
 *
 * @throws Exhausted, and so does the function, once the call's steps are used up.
 */
export function matcherOf(expression: Expression, flags: Flags): (text: string) => boolean {
  const alphabet = new Alphabet(flags);
  const { main, looks, hasEdges } = compileExpression(expression, alphabet);
  const scanMain = scanOf(main, alphabet, flags);
  const lookScans = looks.map(({ program, bit }) => ({ scan: scanOf(program, alphabet, flags), bit }));
  const hasContexts = hasEdges || looks.length > 0;

  return (text) => {
    const contexts = hasContexts ? contextsOf(text, hasEdges ? flags : undefined) : undefined;
    for (const { scan, bit } of lookScans) {
      scan(text, contexts, (at) => {
        if (contexts) contexts[at] = (contexts[at] ?? 0) | bit;
        return false;
      });
    }
    let isMatch = false;
    scanMain(text, contexts, () => {
      isMatch = true;
      return true;
    });
    return isMatch;
  };
}

/** With flags, the edges of words and lines as they have them. */
function contextsOf(text: string, flags: Flags | undefined): Contexts {
  spend(text.length >> 2);
  const contexts = new Uint32Array(text.length + 1);
  for (let at = 0; at <= text.length; at++) contexts[at] = edgesAt(text, at);
  if (flags === undefined) return contexts;
  // Regardless of case, two letters of other alphabets are letters of ASCII.
  const isWordCode = flags.isUnicode && flags.ignoresCase ? isWordCodeOfAnyCase : isWordCodeOfAscii;
  let wasWord = false;
  for (let at = 0; at <= text.length; at++) {
    const isWord = isWordCode(text.charCodeAt(at));
    if (isWord !== wasWord) contexts[at] = (contexts[at] ?? 0) | WORD;
    wasWord = isWord;
    if (!flags.isMultiline) continue;
    const isStart = at === 0 || isLineEnd(text.charCodeAt(at - 1));
    const isEnd = at === text.length || isLineEnd(text.charCodeAt(at));
    contexts[at] = (contexts[at] ?? 0) | (isStart ? LINE_START : 0) | (isEnd ? LINE_END : 0);
  }
  return contexts;
}

/** Whether it is the code of a letter or digit of ASCII, or of `_`. */
function isWordCodeOfAscii(code: number): boolean {
  const lowered = code | 0x20;
  return (lowered >= 0x61 && lowered <= 0x7a && code < 0x80) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
}

function isWordCodeOfAnyCase(code: number): boolean {
  return isWordCodeOfAscii(code) || code === 0x17f || code === 0x212a;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
}

function edgesAt(text: string, at: number): number {
  return (at === 0 ? START : 0) | (at === text.length ? END : 0);
}

function scanOf(program: Program, alphabet: Alphabet, { isUnicode }: Flags): Scan {
  const automaton = new Automaton(program);
  const { isBackward } = program;
  const direction = isBackward ? -1 : 1;
  const offset = isBackward ? -1 : 0;

  return (text, contexts, onMatch) => {
    const last = isBackward ? 0 : text.length;
    let at = text.length - last;
    let state: State | undefined = automaton.start;
    while (state !== undefined) {
      const code = at === last ? undefined : (isBackward ? codeBefore : codeAfter)(text, at, isUnicode);
      const context = contexts?.[at] ?? edgesAt(text, at);
      const step = automaton.step(state, context, code === undefined ? NONE : alphabet.kindOf(code));
      if ((step.accepts && onMatch(at)) || code === undefined) return;
      if (context === 0 && code < 128 && !step.accepts) state.plain[code] = step.next;
      state = step.next;
      at += code > 0xffff ? 2 * direction : direction;
      const from = at;
      while (state !== undefined && at !== last && !contexts?.[at]) {
        const next: State | undefined = state.plain[text.charCodeAt(at + offset)];
        if (next === undefined) break;
        state = next;
        at += direction;
      }
      spend(1 + (Math.abs(at - from) >> 2));
    }
  };
}

/** The character that begins at the position: a code point, or half of one without the `u` flag. */
function codeAfter(text: string, at: number, isUnicode: boolean): number {
  const code = text.charCodeAt(at);
  return isUnicode && (code & 0xfc00) === 0xd800 ? (text.codePointAt(at) as number) : code;
}

/** The character that ends at the position. */
function codeBefore(text: string, at: number, isUnicode: boolean): number {
  const code = text.charCodeAt(at - 1);
  if (!isUnicode || (code & 0xfc00) !== 0xdc00 || at < 2) return code;
  const whole = text.codePointAt(at - 2) as number;
  return whole > 0xffff ? whole : code;
}
