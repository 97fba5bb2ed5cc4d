import { atOnce, type Steps } from '../../effects/in-turns.ts';
import type { SyntaxRule } from '../../trace/fix.ts';
import { deepestValue, mostAddedCommas, mostEdits, mostMisses, mostValues } from '../limits.ts';
import type { Edit } from './edit.ts';
import { endOfJsonString } from './json-string.ts';
import { endsWithQuotedSeparator, lacksComma } from './lacking-comma.ts';
import { hasUnclearEscapes } from './mixed-escapes.ts';
import { isQuote } from './quotes.ts';
import { type ReadString, readString } from './read-string.ts';
import { SourceBuilder } from './source-builder.ts';
import { type SourceValue, textOf } from './source-value.ts';
import type { StringRole } from './string-end.ts';
import { endOfBareName, endOfNumber, isFence, literals, plainNumber, wordAt } from './tokens.ts';
import {
  countOf,
  endOfComment,
  endsLikeString,
  isJsonSpace,
  saysThereIsMore,
  skipSpace,
  skipSpaceBack,
} from './trivia.ts';

/** A value that was read from a text, and the edits that make its source JSON. */
export interface Parsed {
  readonly root: SourceValue;
  readonly edits: readonly Edit[];
}

/** Why no value was read: there was none, or one that is broken, cut off or open to two readings. */
export type Unread = 'none' | 'broken';

export interface ParseOptions {
  /** Whether the text is known to be JSON, so that each string ends where JSON says. @default false */
  readonly isJson?: boolean;
}

/**
 * Reads the JSON value that begins at `start`, as models write it, in time linear in what it reads.
 */
export function parseAt(source: string, start: number, options?: ParseOptions): Parsed | Unread {
  return atOnce(parseInSteps(source, start, options));
}

/** The same, in steps of some milliseconds. */
export function* parseInSteps(
  source: string,
  start: number,
  { isJson = false }: ParseOptions = {},
): Steps<Parsed | Unread> {
  const parser = new Parser(source, { start, isJson });
  while (parser.goOn(tokensInAStep)) yield;
  return parser.parsed ?? (parser.hasBegun ? 'broken' : 'none');
}

/** What may come next. */
type Expectation = 'value' | 'first' | 'name' | 'colon' | 'comma';

/** How much is read between two steps: a number of brackets, names, colons, values, commas and comments. */
const tokensInAStep = 16_384;

class Parser {
  readonly #source: string;
  readonly #isJson: boolean;
  readonly #edits: Edit[] = [];
  readonly #built = new SourceBuilder();
  readonly #start: number;
  #position: number;
  #expected: Expectation | undefined = 'value';
  #addedCommas = 0;
  #hasCloserInString = false;
  #values = 0;
  /** Where the last token ended, and whether it is a comma. */
  #tokenEnd = 0;
  #comma: number | undefined;
  #hasName = false;

  constructor(source: string, { start, isJson }: { readonly start: number; readonly isJson: boolean }) {
    this.#source = source;
    this.#start = start;
    this.#position = start;
    this.#isJson = isJson;
  }

  /**
   * Whether the first bracket has something of JSON in it, so that it is no bracket of prose. Many comments are something,
   * or else they would be read again after each bracket that stands in them.
   */
  get hasBegun(): boolean {
    // A value that is whole may still be open to two readings.
    if (this.#built.depth === 0) return this.#built.root !== undefined;
    if (this.#hasName || this.#built.isFilled || this.#edits.length > mostMisses) return true;
    return isQuote(this.#source.charAt(skipSpace(this.#source, this.#start + 1)));
  }

  /** The value, once it is whole. */
  get parsed(): Parsed | undefined {
    const { root } = this.#built;
    if (root === undefined || this.#hasUnclearEscapes(root)) return undefined;
    // A closer that is missing, and one in a string that closes nothing there, may be the same.
    if (this.#hasCloserInString && this.#edits.some(({ rule }) => rule === 'closer')) return undefined;
    return { root, edits: this.#edits };
  }

  #hasUnclearEscapes({ start, end }: SourceValue): boolean {
    const isPlain = this.#edits.some(({ rule }) => rule === 'backslash');
    return isPlain && hasUnclearEscapes(this.#source.slice(start, end));
  }

  /** Reads so many tokens; `false` once there is nothing more to read. */
  goOn(tokens: number): boolean {
    for (let count = 0; count < tokens; count += 1) {
      if (this.#expected === undefined) return false;
      if (this.#edits.length > mostEdits) return false;
      const comment = this.#passComment();
      if (comment === 'unclear') return false;
      if (comment === 'passed') continue;
      this.#expected = this.#step(this.#expected);
      if (this.#built.root !== undefined) return false;
    }
    return true;
  }

  #step(expected: Expectation): Expectation | undefined {
    const character = this.#source.charAt(this.#position);
    switch (expected) {
      case 'first':
      case 'value':
        if (character === ']' && this.#isInArray) return this.#close(expected === 'first');
        return this.#value(character);
      case 'name':
        return character === '}' ? this.#close(this.#comma === undefined) : this.#name(character);
      case 'colon':
        if (character !== ':') return undefined;
        this.#hasName = true;
        this.#advance(1);
        return 'value';
      case 'comma':
        return this.#afterValue(character);
    }
  }

  #afterValue(character: string): Expectation | undefined {
    if (character === ',') {
      this.#comma = this.#position;
      this.#advance(1);
      return this.#isInArray ? 'value' : 'name';
    }
    if (character === '}' || character === ']') return this.#close(true);
    if (lacksComma(this.#source, this.#tokenEnd, this.#position, this.#isInArray)) {
      this.#addedCommas += 1;
      if (endsWithQuotedSeparator(this.#source, this.#tokenEnd) || this.#addedCommas > mostAddedCommas)
        return undefined;
      this.#edit('comma', this.#tokenEnd, this.#tokenEnd, ',');
      this.#comma = this.#tokenEnd;
      return this.#isInArray ? 'value' : 'name';
    }
    return this.#closeAll();
  }

  #value(character: string): Expectation | undefined {
    this.#values += 1;
    if (this.#values > mostValues && !this.#isJson) return undefined;
    if (character === '{' || character === '[') return this.#open(character === '{' ? 'object' : 'array');
    if (isQuote(character)) return this.#string();
    return /[-+.\d]/.test(character) ? this.#number() : this.#literal();
  }

  #open(type: 'object' | 'array'): Expectation | undefined {
    this.#built.open(type, this.#position);
    if (this.#built.depth > deepestValue) return undefined;
    this.#advance(1);
    return type === 'object' ? 'name' : 'first';
  }

  #string(): Expectation | undefined {
    const start = this.#position;
    const read = this.#readString(start, this.#role);
    if (read === undefined) return undefined;
    const { end, json, rules } = read;
    this.#built.add({ type: 'string', start, end, json, value: undefined });
    this.#hasCloserInString ||= !this.#isJson && endsWithCloser(json);
    if (rules[0] !== undefined) this.#edit(rules[0], start, end, json);
    this.#advance(end - start);
    return 'comma';
  }

  #readString(start: number, role: StringRole): ReadString | undefined {
    if (this.#isJson) {
      const end = endOfJsonString(this.#source, start);
      return end === undefined ? undefined : { end, json: this.#source.slice(start, end), rules: [] };
    }
    // Where a comma is missing and a string begins with one, the quote stands in the wrong place.
    const isMisplaced = this.#comma === this.#tokenEnd && this.#source.charAt(start + 1) === ',';
    return isMisplaced ? undefined : readString(this.#source, start, role);
  }

  get #role(): StringRole {
    const { inside } = this.#built;
    return inside === undefined ? 'root' : inside === 'object' ? 'member' : 'item';
  }

  #number(): Expectation | undefined {
    const start = this.#position;
    const end = endOfNumber(this.#source, start);
    if (end === undefined) return undefined;
    const found = this.#source.slice(start, end);
    const json = plainNumber(found);
    // Digits may be missing after a point at the very end.
    if (found.endsWith('.') && skipSpace(this.#source, end) === this.#source.length) return undefined;
    return this.#scalar('number', found, json);
  }

  #literal(): Expectation | undefined {
    const start = this.#position;
    const found = wordAt(this.#source, start);
    const json = Object.hasOwn(literals, found) ? literals[found] : undefined;
    if (json === undefined) return undefined;
    return this.#scalar('literal', found, json);
  }

  #scalar(type: 'number' | 'literal', found: string, json: string): Expectation {
    const start = this.#position;
    const end = start + found.length;
    const isForeign = json !== found;
    this.#built.add({ type, start, end, json, isForeign, value: undefined });
    if (isForeign) this.#edit('literal', start, end, json);
    this.#advance(found.length);
    return 'comma';
  }

  #name(character: string): Expectation | undefined {
    const start = this.#position;
    if (isQuote(character)) {
      const read = this.#readString(start, 'name');
      if (read === undefined) return undefined;
      const [rule] = read.rules;
      if (rule !== undefined) this.#edit(rule, start, read.end, read.json);
      return this.#named(textOf(read.json), read.end);
    }
    const end = endOfBareName(this.#source, start);
    if (end === undefined) return undefined;
    const name = this.#source.slice(start, end);
    this.#edit('name', start, end, JSON.stringify(name));
    return this.#named(name, end);
  }

  /** A second member of one name would hide the first. */
  #named(name: string, end: number): Expectation | undefined {
    if (!this.#built.name(name, this.#position, end)) return undefined;
    this.#advance(end - this.#position);
    return 'colon';
  }

  /** Closes the innermost container; the last closer closes what is still open inside the first bracket. */
  #close(mayBeMissing: boolean): Expectation | undefined {
    const closer = this.#source.charAt(this.#position);
    if (this.#comma !== undefined) this.#edit('comma', this.#comma, this.#comma + 1, '');
    const type = closer === '}' ? 'object' : 'array';
    if (this.#built.inside !== type) {
      if (!mayBeMissing || this.#built.outermost !== type) return undefined;
      while (this.#built.depth > 1) this.#closeMissing();
    }
    this.#advance(1);
    this.#built.close(this.#position);
    return 'comma';
  }

  /** The text goes on with something else, or ends: the closers that are missing, if the last value is complete. */
  #closeAll(): undefined {
    const isEnd = this.#position >= this.#source.length;
    const last = this.#source.charAt(this.#tokenEnd - 1);
    // A number at the very end may lack digits.
    if (isEnd && this.#tokenEnd === this.#source.length && /\d/.test(last)) return undefined;
    const character = this.#source.charAt(this.#position);
    if (!isEnd && character !== '<' && !isFence(this.#source, this.#position)) return undefined;
    while (this.#built.depth > 0) this.#closeMissing();
    return undefined;
  }

  #closeMissing(): void {
    this.#edit('closer', this.#tokenEnd, this.#tokenEnd, this.#isInArray ? ']' : '}', this.#built.start);
    this.#built.close(this.#tokenEnd);
  }

  get #isInArray(): boolean {
    return this.#built.inside === 'array';
  }

  #advance(length: number): void {
    if (this.#source.charAt(this.#position) !== ',' || length !== 1) this.#comma = undefined;
    this.#position += length;
    this.#tokenEnd = this.#position;
  }

  /**
   * Passes over white space and a comment after it. One is `unclear` if it says that something is left out, or may as well
   * be part of a string, or be one that has lost a quote.
   */
  #passComment(): 'none' | 'passed' | 'unclear' {
    const start = this.#position;
    this.#position = skipSpace(this.#source, start);
    this.#replaceForeignSpace(start);
    const end = endOfComment(this.#source, this.#position);
    if (end === undefined) return 'none';
    const comment = this.#source.slice(this.#position, end);
    if (saysThereIsMore(comment, this.#isInArray) || countOf('"', comment) % 2 !== 0 || endsLikeString(comment))
      return 'unclear';
    this.#edit('comment', this.#position, end, '');
    this.#position = end;
    return 'passed';
  }

  /** JSON knows four kinds of white space; models copy others from web pages. */
  #replaceForeignSpace(start: number): void {
    const isAllJson = this.#isJson || isJsonSpace(this.#source, start, this.#position);
    if (!isAllJson) this.#edit('white-space', start, this.#position, ' ');
  }

  #edit(rule: SyntaxRule, start: number, end: number, text: string, closes?: number): void {
    const edit = { start, end, text, rule };
    this.#edits.push(closes === undefined ? edit : { ...edit, closes });
  }
}

/** Whether a string ends with a closer that closes nothing in it. */
function endsWithCloser(json: string): boolean {
  const closer = json.charAt(skipSpaceBack(json, json.length - 1) - 1);
  return (closer === '}' || closer === ']') && countOf(closer, json) > countOf(closer === '}' ? '{' : '[', json);
}
