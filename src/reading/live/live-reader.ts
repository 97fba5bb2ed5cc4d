import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ARRAY, OBJECT } from '../../incremental/text/json-type.ts';
import type { Fix, FixRule } from '../../trace/fix.ts';
import type { IssuePath } from '../../trace/issue.ts';
import { deepestMisfit, deepestValue, longestChoice, longestText, mostChoices, mostValues } from '../limits.ts';
import { cut } from '../text/edit.ts';
import { literals } from '../text/tokens.ts';
import { isDropped } from '../values/lost-members.ts';
import { normalised } from '../values/normalise.ts';
import { isMemberOf, membersLike, membersOf, schemasOfItem, schemasOfMember } from '../values/schemas-inside.ts';
import { wantsLists } from '../values/wanted-list.ts';
import { branchFor } from './choose-branch.ts';
import { type LiveSchemas, schemaInside, takesStrings } from './live-schemas.ts';
import { type LiveEdit, pendingText } from './pending-text.ts';
import { readComplete } from './read-complete.ts';

/** Reads JSON while it is written. */
export interface LiveReader {
  /** Takes the next piece, and gives what is sure by now, as it is read. */
  push(piece: string): string;
  /** Gives up: what was kept back is passed on as it stands, and so is all that follows. */
  stop(): string;
  /** How many characters are kept back. */
  kept(): number;
  /** What was changed so far, where it stands in the text. */
  readonly edits: readonly LiveEdit[];
}

export interface LiveReaderOptions {
  /** Whether `True`, `False`, `None` and trailing commas are read. */
  readonly syntax: boolean;
  /** The schema that values are read by; `undefined` where they are not. */
  readonly schema: SchemaNode | undefined;
  /** Whether something before the JSON was left out. */
  readonly isEdited?: () => boolean;
}

interface Frame {
  readonly isObject: boolean;
  /** The schema of what is inside, where one can be told. */
  readonly schema: SchemaNode | undefined;
  name: string | undefined;
  index: number;
  /** Whether one of its names is the schema's. */
  isNamed: boolean;
  /** Whether a member or an item was passed on. */
  isFilled: boolean;
  /** Whether the next comma goes with a member that was left out. */
  dropsComma: boolean;
}

type Expectation = 'value' | 'first' | 'name' | 'colon' | 'comma';

/** What the next character is part of; `over` where the text is passed on as it stands, `kept` where it is kept back. */
type Mode = 'structure' | 'name' | 'shown-string' | 'string' | 'word' | 'container' | 'string-inside' | 'over' | 'kept';

/**
 * Reads JSON while it is written: a value goes on when it is complete, as it will be read in the whole text; what only the
 * whole text can tell goes on as it stands. A value is complete when a comma or a closer follows it: until then, a string
 * may hold quotes of its own.
 */
export function liveReader({ syntax, schema: root, isEdited = () => false }: LiveReaderOptions): LiveReader {
  const mayBeRow = root !== undefined && wantsLists(root);
  const frames: Frame[] = [];
  const pending = pendingText();
  let mode: Mode = 'structure';
  let expected: Expectation = 'value';
  /** Where in the pending text the last name and comma stand, and the value that is not passed on yet. */
  let nameAt = 0;
  let commaAt: number | undefined;
  let value: { readonly start: number; end: number } | undefined;
  let isEscaped = false;
  /** How deep inside a container that is read when it is whole. */
  let depth = 0;
  /** Whether a member may be another one of the schema, or dropped: once something is changed, only the whole answer tells. */
  let mayLose = false;
  /** How long the text is, and how many values it has. */
  let length = 0;
  let values = 0;
  /** What may judge that container, if one of several will. */
  let union: { readonly schema: SchemaNode; tries: number } | undefined;

  function giveUp(): void {
    mode = 'over';
    pending.pass(pending.length());
  }

  /** Stops where the whole answer will not be read: nothing more is passed on once something was changed. */
  function stopReading(): void {
    if (pending.edits.length > 0) mode = 'kept';
    else giveUp();
  }

  /** A text that is not JSON is read up to so many values. */
  function noteFault(): void {
    if (values > mostValues) mode = 'kept';
  }

  function isKept(): boolean {
    return mode === 'kept';
  }

  function takeKept(character: string): true {
    pending.add(character);
    return true;
  }

  /** Passes on what leads to a value: a comma, a name, a colon. */
  function passLead(length: number): void {
    const frame = frames.at(-1);
    const dropped = frame?.dropsComma === true ? nameAt : 0;
    if (dropped > 0) pending.pass(dropped, '');
    pending.pass(length - dropped);
    if (frame === undefined) return;
    frame.isFilled = true;
    frame.dropsComma = false;
  }

  /** Where the value stands that is read, or the member that is left out. */
  function pathOfValue(): IssuePath {
    return frames.map(({ isObject, name, index }) => (isObject ? (name ?? '') : index));
  }

  /** Those of the value that is read, with the place where it stands. */
  function fixesHere(fixes: readonly Fix[]): readonly Fix[] {
    const at = pathOfValue();
    return fixes.map((fix) => ({ ...fix, path: [...at, ...fix.path] }));
  }

  /** Leaves out the first characters. */
  function leave(length: number, rule: FixRule, path: IssuePath): void {
    pending.pass(length, '', [{ path, rule, from: cut(pending.slice(0, length)), to: '' }]);
  }

  /** Leaves a member out with the comma before it, or where there is none, with the one after it. */
  function leaveOut(frame: Frame, length: number): void {
    const kept = frame.isFilled || frame.dropsComma ? 0 : nameAt;
    pending.pass(kept);
    leave(length - kept, 'null-member', pathOfValue());
    frame.dropsComma = !frame.isFilled;
  }

  /** Passes on the value that a comma or a closer follows. */
  function settle(): void {
    const frame = frames.at(-1);
    if (value === undefined || frame === undefined) return;
    const { start, end } = value;
    value = undefined;
    const source = pending.slice(start, end);
    const { schema: owner, name } = frame;
    const schemas = frames.length > deepestMisfit ? undefined : schemasOf(frame);
    const asItStands = { text: source, fixes: [] };
    const read = source === '"' ? asItStands : readComplete(source, { schemas, owner, name }, syntax);
    if (syntax && Object.hasOwn(literals, source) && read?.text !== source) noteFault();
    if (isKept()) return;
    // The text may go on with more lists, so that this one is an item.
    const isInRow = mayBeRow && frames.length === 1;
    // Where lists are wanted in a list, all of it may be one of them.
    const isMadeList = !frame.isObject && read?.text.startsWith('[') === true;
    if (read === null || ((mayLose || isInRow || isMadeList) && read?.text !== source)) {
      mode = 'kept';
      return;
    }
    if (read === undefined) {
      leaveOut(frame, end);
      return;
    }
    passLead(start);
    pending.pass(end - start, read.text, read.fixes.length === 0 ? [] : fixesHere(read.fixes));
  }

  function schemasOf({ schema, name, index }: Frame): LiveSchemas {
    if (schema === undefined) return undefined;
    return name === undefined ? schemasOfItem(schema, index) : schemasOfMember(schema, name);
  }

  /** Goes into a container that was added. */
  function open(character: string, schema: SchemaNode | undefined): void {
    passLead(pending.length());
    const isObject = character === '{';
    frames.push({ isObject, schema, name: undefined, index: -1, isNamed: false, isFilled: false, dropsComma: false });
    expected = 'first';
    mode = 'structure';
  }

  /** Goes into an object whose members leave one schema for it. */
  function choose(): void {
    if (union === undefined || value === undefined) return;
    union.tries += 1;
    const { start } = value;
    if (union.tries > mostChoices || pending.length() - start > longestChoice) union = undefined;
    const schema = union && branchFor(union.schema, pending.slice(start), syntax);
    if (schema === undefined) return;
    union = undefined;
    value = undefined;
    const inside = pending.takeBack(start + 1);
    open('{', schema);
    for (let position = 0; position < inside.length; ) position = take(inside, position);
  }

  /** Begins a value; `false` where the text cannot be followed. */
  function begin(character: string): boolean {
    const frame = frames.at(-1);
    values += 1;
    if (frame !== undefined) frame.index += 1;
    const schemas = frame === undefined ? root && [root] : schemasOf(frame);
    const isOpening = character === '{' || character === '[';
    if (isOpening && frames.length >= deepestValue) return false;
    const schema = isOpening ? schemaInside(schemas, character === '{' ? OBJECT : ARRAY) : undefined;
    if (frame === undefined && (!isOpening || schema === 'misfit')) return false;
    const start = pending.length();
    pending.add(character);
    commaAt = undefined;
    if (isOpening && schema !== 'misfit' && schema !== 'union') {
      open(character, schema);
      return true;
    }
    const [only] = schemas ?? [];
    union = schema === 'union' && only !== undefined && character === '{' ? { schema: only, tries: 0 } : undefined;
    expected = 'comma';
    if (character === '"' && takesStrings(schemas)) {
      passLead(pending.length());
      mode = 'shown-string';
      return true;
    }
    value = { start, end: start };
    mode = isOpening ? 'container' : character === '"' ? 'string' : 'word';
    depth = 1;
    return true;
  }

  function close(character: string): boolean {
    const frame = frames.at(-1);
    if (frame?.isObject !== (character === '}')) return false;
    if (commaAt !== undefined) {
      if (!syntax) return false;
      if (mayLose) {
        mode = 'kept';
        return takeKept(character);
      }
      noteFault();
      if (isKept()) return takeKept(character);
      pending.pass(commaAt);
      leave(1, 'comma', pathOfValue().slice(0, -1));
    } else if (expected === 'comma') {
      settle();
      if (isKept()) return takeKept(character);
    } else if (expected !== 'first') {
      return false;
    }
    pending.add(character);
    pending.pass(pending.length());
    commaAt = undefined;
    expected = 'comma';
    frames.pop();
    if (frames.length === 0) mode = 'over';
    return true;
  }

  /** Takes a character that stands between values; `false` where the text cannot be followed. */
  function takeStructure(character: string): boolean {
    const frame = frames.at(-1);
    if (' \n\r\t'.includes(character)) {
      pending.add(character);
      return true;
    }
    if (character === '}' || character === ']') return close(character);
    if (character === ',' && expected === 'comma' && frame !== undefined) {
      settle();
      if (isKept()) return takeKept(character);
      commaAt = pending.length();
      pending.add(character);
      expected = frame.isObject ? 'name' : 'value';
      return true;
    }
    if (character === ':' && expected === 'colon') {
      pending.add(character);
      expected = 'value';
      return true;
    }
    if (frame?.isObject === true && (expected === 'name' || expected === 'first')) {
      if (character !== '"') return false;
      nameAt = pending.length();
      pending.add(character);
      mode = 'name';
      return true;
    }
    if (expected !== 'value' && expected !== 'first') return false;
    return /[\w"{[-]/.test(character) && begin(character);
  }

  /** Takes the characters of a string or a name; where the text goes on after them. */
  function takeString(piece: string, start: number): number {
    let position = start;
    for (; position < piece.length; position += 1) {
      const code = piece.charCodeAt(position);
      if (isEscaped) isEscaped = false;
      else if (code === BACKSLASH) isEscaped = true;
      else if (code === QUOTE) break;
    }
    pending.add(piece.slice(start, position));
    if (mode === 'shown-string') pending.pass(pending.length());
    if (position === piece.length) return position;
    pending.add('"');
    endString();
    return position + 1;
  }

  function endString(): void {
    const ended = mode;
    mode = ended === 'string-inside' ? 'container' : 'structure';
    if (ended === 'shown-string') value = { start: 0, end: 1 };
    else if (ended === 'string' && value !== undefined) value.end = pending.length();
    else if (ended === 'name') endName();
  }

  function endName(): void {
    const frame = frames.at(-1);
    const name = textOf(pending.slice(nameAt));
    commaAt = undefined;
    expected = 'colon';
    if (frame === undefined || name === undefined) {
      giveUp();
      return;
    }
    frame.name = name;
    const { schema } = frame;
    if (schema !== undefined && !isMemberOf(schema, name)) {
      // Where the answer names nothing yet of what its schema does, this may be a wrapper around it.
      const mayWrap = frames.length === 1 && !frame.isNamed && membersOf(schema).length > 0;
      if (membersLike(schema, normalised(name)).length > 0 || (mayWrap && !isDropped(schema, name))) mode = 'kept';
      mayLose ||= !frame.isNamed && isDropped(schema, name);
    }
    frame.isNamed ||= schema === undefined || !isDropped(schema, name);
    if (mayLose && (isEdited() || pending.edits.length > 0)) mode = 'kept';
  }

  function takeWord(piece: string, start: number): number {
    let position = start;
    while (position < piece.length && /[\w.+-]/.test(piece.charAt(position))) position += 1;
    pending.add(piece.slice(start, position));
    if (position === piece.length) return position;
    if (value !== undefined) value.end = pending.length();
    mode = 'structure';
    return position;
  }

  function takeInside(piece: string, start: number): number {
    let position = start;
    while (position < piece.length && mode === 'container') {
      const character = piece.charAt(position);
      if (character === ',' && depth === 1 && union !== undefined) {
        pending.add(piece.slice(start, position));
        choose();
        // Where it chose, the comma is the next to be taken.
        if (mode !== 'container') return position;
        pending.add(',');
        return position + 1;
      }
      if (character === '"') mode = 'string-inside';
      else if (character === '{' || character === '[') depth += 1;
      else if (character === '}' || character === ']') depth -= 1;
      if (depth === 0) mode = 'structure';
      position += 1;
    }
    pending.add(piece.slice(start, position));
    if (depth === 0 && value !== undefined) value.end = pending.length();
    return position;
  }

  /** Takes what comes next; where the text goes on after it. */
  function take(piece: string, position: number): number {
    switch (mode) {
      case 'over':
        pending.add(piece.slice(position));
        pending.pass(pending.length());
        return piece.length;
      case 'kept':
        pending.add(piece.slice(position));
        return piece.length;
      case 'structure':
        if (takeStructure(piece.charAt(position))) return position + 1;
        giveUp();
        return position;
      case 'word':
        return takeWord(piece, position);
      case 'container':
        return takeInside(piece, position);
      default:
        return takeString(piece, position);
    }
  }

  return {
    edits: pending.edits,
    kept: pending.length,
    push(piece) {
      length += piece.length;
      if (length > longestText && mode !== 'kept' && mode !== 'over') stopReading();
      let position = 0;
      while (position < piece.length) position = take(piece, position);
      return pending.passedOn();
    },
    stop() {
      giveUp();
      return pending.passedOn();
    },
  };
}

const QUOTE = 34;
const BACKSLASH = 92;

function textOf(json: string): string | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
