import { type MaybePlace, placeIn } from '../incremental/explaining/place.ts';
import type { SyntaxRule } from '../trace/fix.ts';
import { type Edit, mostTold } from './edit.ts';
import { countOf, isQuote, type ReadString, readJsonString, readString, type StringRole } from './read-string.ts';
import { type SourceArray, type SourceObject, type SourceScalar, type SourceValue, setMember } from './source-value.ts';
import { endOfComment, hasLineFeed, skipSpace } from './trivia.ts';

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
export function parseAt(source: string, start: number, { isJson = false }: ParseOptions = {}): Parsed | Unread {
  const parser = new Parser(source, isJson);
  return parser.parse(start) ?? (parser.hasBegun ? 'broken' : 'none');
}

interface OpenObject {
  readonly node: SourceObject;
  name: { readonly text: string; readonly start: number; readonly end: number } | undefined;
}
interface OpenArray {
  readonly node: SourceArray;
}
type Open = OpenObject | OpenArray;

/** What may come next. */
type Expectation = 'value' | 'first' | 'name' | 'colon' | 'comma';

/** How deep a value may nest. */
const deepest = 512;

/** How many changes a text may take: one that needs more is no JSON that somebody meant. */
const mostEdits = 50_000;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const word = /[A-Za-z_$][\w$.-]*/y;
const bare = /[\w$][\w$.-]*/y;
export const literals: Readonly<Record<string, string>> = {
  true: 'true',
  false: 'false',
  null: 'null',
  True: 'true',
  False: 'false',
  None: 'null',
};

class Parser {
  readonly #source: string;
  readonly #isJson: boolean;
  readonly #edits: Edit[] = [];
  readonly #open: Open[] = [];
  #position = 0;
  #root: SourceValue | undefined;
  /** Where the last token ended, and whether it is a comma. */
  #tokenEnd = 0;
  #comma: number | undefined;
  #hasName = false;

  constructor(source: string, isJson: boolean) {
    this.#source = source;
    this.#isJson = isJson;
  }

  /** Whether the first bracket has something of JSON in it, so that it is no bracket of prose. */
  get hasBegun(): boolean {
    if (this.#root === undefined) return false;
    if (this.#hasName || (this.#root.type === 'array' && this.#root.items.length > 0)) return true;
    return isQuote(this.#source.charAt(skipSpace(this.#source, this.#root.start + 1)));
  }

  parse(start: number): Parsed | undefined {
    this.#position = start;
    let expected: Expectation | undefined = 'value';
    while (expected !== undefined) {
      if (!this.#skipTrivia() || this.#edits.length > mostEdits) return undefined;
      expected = this.#step(expected);
      if (this.#root !== undefined && this.#open.length === 0) return { root: this.#root, edits: this.#edits };
    }
    return undefined;
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
    if (this.#mayLackComma(character)) {
      this.#edit('comma', this.#tokenEnd, this.#tokenEnd, ',');
      this.#comma = this.#tokenEnd;
      return this.#isInArray ? 'value' : 'name';
    }
    return this.#closeAll();
  }

  /** Whether a value or a name begins here that no other reading explains. */
  #mayLackComma(character: string): boolean {
    const isBracket = character === '{' || character === '[';
    const isOnNextLine = hasLineFeed(this.#source, this.#tokenEnd, this.#position);
    if (!this.#isInArray) return isQuote(character) || (isOnNextLine && this.#isNameHere());
    const isApart = this.#position > this.#tokenEnd;
    return isBracket || (isQuote(character) && isApart) || (isOnNextLine && /[-\dtfnTFN]/.test(character));
  }

  #isNameHere(): boolean {
    word.lastIndex = this.#position;
    return word.test(this.#source) && this.#source.charAt(skipSpace(this.#source, word.lastIndex)) === ':';
  }

  #value(character: string): Expectation | undefined {
    const start = this.#position;
    if (character === '{') {
      const node: SourceObject = { type: 'object', start, end: start, members: [], value: {} };
      this.#add(node);
      if (this.#open.push({ node, name: undefined }) > deepest) return undefined;
      this.#advance(1);
      return 'name';
    }
    if (character === '[') {
      const node: SourceArray = { type: 'array', start, end: start, items: [], value: [] };
      this.#add(node);
      if (this.#open.push({ node }) > deepest) return undefined;
      this.#advance(1);
      return 'first';
    }
    if (isQuote(character)) return this.#string();
    return /[-\d]/.test(character) ? this.#number() : this.#literal();
  }

  #string(): Expectation | undefined {
    const start = this.#position;
    const read = this.#readString(start, this.#role);
    if (read === undefined) return undefined;
    const [rule] = read.rules;
    const scalar: SourceScalar = {
      type: 'string',
      start,
      end: read.end,
      json: read.json,
      value: textOf(read.json),
    };
    this.#add(scalar);
    if (rule !== undefined) this.#edit(rule, start, read.end, read.json, this.#open.length);
    this.#advance(read.end - start);
    return 'comma';
  }

  #readString(start: number, role: StringRole): ReadString | undefined {
    if (this.#isJson) return readJsonString(this.#source, start);
    // Where a comma is missing and a string begins with one, the quote stands in the wrong place.
    const isMisplaced = this.#comma === this.#tokenEnd && this.#source.charAt(start + 1) === ',';
    return isMisplaced ? undefined : readString(this.#source, start, role);
  }

  get #role(): StringRole {
    const top = this.#open.at(-1);
    return top === undefined ? 'root' : 'name' in top ? 'member' : 'item';
  }

  #number(): Expectation | undefined {
    const start = this.#position;
    number.lastIndex = start;
    if (!number.test(this.#source)) return undefined;
    const end = number.lastIndex;
    const json = this.#source.slice(start, end);
    this.#add({ type: 'number', start, end, json, value: Number(json) });
    this.#advance(end - start);
    return 'comma';
  }

  #literal(): Expectation | undefined {
    const start = this.#position;
    word.lastIndex = start;
    const found = word.test(this.#source) ? this.#source.slice(start, word.lastIndex) : '';
    const json = Object.hasOwn(literals, found) ? literals[found] : undefined;
    if (json === undefined) return undefined;
    const end = start + found.length;
    this.#add({ type: 'literal', start, end, json, value: json === 'null' ? null : json === 'true' });
    if (json !== found) this.#edit('literal', start, end, json, this.#open.length);
    this.#advance(end - start);
    return 'comma';
  }

  #name(character: string): Expectation | undefined {
    const start = this.#position;
    const top = this.#topObject;
    if (top === undefined) return undefined;
    if (isQuote(character)) {
      const read = this.#readString(start, 'name');
      if (read === undefined) return undefined;
      const [rule] = read.rules;
      if (rule !== undefined) this.#edit(rule, start, read.end, read.json);
      return this.#named(top, textOf(read.json), read.end);
    }
    bare.lastIndex = start;
    if (!bare.test(this.#source)) return undefined;
    const name = this.#source.slice(start, bare.lastIndex);
    this.#edit('name', start, bare.lastIndex, JSON.stringify(name));
    return this.#named(top, name, bare.lastIndex);
  }

  /** A second member of one name would hide the first. */
  #named(top: OpenObject, text: string, end: number): Expectation | undefined {
    if (Object.hasOwn(top.node.value, text)) return undefined;
    top.name = { text, start: this.#position, end };
    this.#advance(end - this.#position);
    return 'colon';
  }

  #add(node: SourceValue): void {
    const top = this.#open.at(-1);
    if (top === undefined) {
      this.#root = node;
    } else if ('name' in top) {
      const { text = '', start = 0, end = 0 } = top.name ?? {};
      top.node.members.push({ name: text, nameStart: start, nameEnd: end, value: node });
      setMember(top.node.value, text, node.value);
    } else {
      top.node.items.push(node);
      top.node.value.push(node.value);
    }
  }

  /** Where the latest value stands that so many containers are around. */
  #placeOf(depth: number): MaybePlace {
    let place: MaybePlace;
    for (const open of this.#open.slice(0, depth)) {
      place = placeIn(place, 'name' in open ? (open.name?.text ?? '') : open.node.items.length - 1);
    }
    return place;
  }

  /** Closes the innermost container; the last closer closes what is still open inside the first bracket. */
  #close(mayBeMissing: boolean): Expectation | undefined {
    const closer = this.#source.charAt(this.#position);
    if (this.#comma !== undefined) this.#edit('comma', this.#comma, this.#comma + 1, '');
    if (!this.#closes(this.#open.at(-1), closer)) {
      if (!mayBeMissing || !this.#closes(this.#open[0], closer)) return undefined;
      while (this.#open.length > 1) this.#closeMissing();
    }
    this.#advance(1);
    this.#end(this.#position);
    return 'comma';
  }

  #closes(open: Open | undefined, closer: string): boolean {
    return open?.node.type === (closer === '}' ? 'object' : 'array');
  }

  /** The text goes on with something else, or ends: the closers that are missing, if the last value is complete. */
  #closeAll(): undefined {
    const isEnd = this.#position >= this.#source.length;
    const last = this.#source.charAt(this.#tokenEnd - 1);
    // A number at the very end may lack digits.
    if (isEnd && this.#tokenEnd === this.#source.length && /\d/.test(last)) return undefined;
    const character = this.#source.charAt(this.#position);
    if (!isEnd && character !== '<' && !this.#source.startsWith('```', this.#position)) return undefined;
    while (this.#open.length > 0) this.#closeMissing();
    return undefined;
  }

  #closeMissing(): void {
    this.#edit('closer', this.#tokenEnd, this.#tokenEnd, this.#isInArray ? ']' : '}');
    this.#end(this.#tokenEnd);
  }

  #end(position: number): void {
    const closed = this.#open.pop();
    if (closed !== undefined) closed.node.end = position;
  }

  get #topObject(): OpenObject | undefined {
    const top = this.#open.at(-1);
    return top !== undefined && 'name' in top ? top : undefined;
  }

  get #isInArray(): boolean {
    return this.#open.at(-1)?.node.type === 'array';
  }

  #advance(length: number): void {
    if (this.#source.charAt(this.#position) !== ',' || length !== 1) this.#comma = undefined;
    this.#position += length;
    this.#tokenEnd = this.#position;
  }

  /** Passes over white space and comments; `false` for a comment that may as well be part of a string. */
  #skipTrivia(): boolean {
    let isOnNextLine = false;
    for (;;) {
      const start = this.#position;
      this.#position = skipSpace(this.#source, start);
      const end = endOfComment(this.#source, this.#position);
      if (end === undefined) return true;
      isOnNextLine ||= hasLineFeed(this.#source, start, this.#position);
      if (!isOnNextLine && countOf('"', this.#source.slice(this.#position, end)) % 2 !== 0) return false;
      this.#edit('comment', this.#position, end, '');
      this.#position = end;
    }
  }

  /** Notes a change inside the container that so many containers are around. */
  #edit(rule: SyntaxRule, start: number, end: number, text: string, depth = this.#open.length - 1): void {
    const place = this.#edits.length < mostTold ? this.#placeOf(depth) : undefined;
    this.#edits.push({ start, end, text, place, rule });
  }
}

/** The text of a JSON string. */
function textOf(json: string): string {
  return json.includes('\\') ? JSON.parse(json) : json.slice(1, -1);
}
