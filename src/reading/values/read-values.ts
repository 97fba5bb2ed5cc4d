import { atOnce, type Steps } from '../../effects/in-turns.ts';
import { type MaybePlace, placeIn } from '../../incremental/explaining/place.ts';
import { allowSteps, MOST_STEPS, stepsLeft } from '../../incremental/patterns/effort.ts';
import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { ARRAY, CONTAINER, typeOf } from '../../incremental/text/json-type.ts';
import { deepestMisfit, mostBranches } from '../limits.ts';
import type { SourceArray, SourceMember, SourceObject, SourceScalar, SourceValue } from '../text/source-value.ts';
import { passOn, plainValue, setMember } from '../text/source-value.ts';
import { mayBeOnly } from './list-of-one.ts';
import { isDropped, losesMembers } from './lost-members.ts';
import { type PresentNames, presentNames } from './present-names.ts';
import type { Effort, Reading, ReadNested, ReadOptions } from './reading.ts';
import { isSameValue } from './same-value.ts';
import { mayBeLeftOut, scalarReadings, wantedTypes } from './scalar-readings.ts';
import { isMemberOf, membersLike, requiredBy, schemasOfItem, schemasOfMember } from './schemas-inside.ts';
import { closeAround, Edits, insert, removals, replace } from './value-edits.ts';

/** How much effort is made between two steps: some milliseconds. */
const effortInAStep = 8192;

/** What it takes to pass a member or an item that fits, and a member whose name has to be compared with others. */
const effortOfOne = 1 / 16;
const effortOfOther = 1;

/** What is longer, in characters, is judged in a step of its own. */
const longValue = 16_384;

/** The steps of judging that a step of reading brings. */
const judgingInAStep = 50_000;

/**
 * Reads a value as its schema wants it, where the schema leaves exactly one reading; `undefined` where it leaves none, or
 * more than one.
 */
export function readBySchema(node: SourceValue, schema: SchemaNode, options: ReadOptions): Way {
  return new SchemaReader(options).read(node, schema, undefined);
}

/** The same at once, for a value that several schemas judge. */
export function readByAll(
  node: SourceValue,
  schemas: readonly SchemaNode[],
  options: ReadOptions,
): Reading | undefined {
  return atOnce(new SchemaReader(options).readByAll({ node, schemas }, { place: undefined, depth: 0 }));
}

class SchemaReader {
  readonly #effort: Effort;
  readonly #readNested: ReadNested;
  /** Which objects and lists fit which schemas: each is judged once. */
  readonly #known = new WeakMap<object, Map<SchemaNode, boolean>>();
  /** The spellings of names, which mostly stand in many objects. */
  readonly #spellings = new Map<string, string>();
  /** How much of the effort is left when the next step begins. */
  #next: number;

  constructor({ effort, readNested }: ReadOptions) {
    this.#effort = effort;
    this.#next = effort.left - effortInAStep;
    this.#readNested = readNested;
  }

  *read(node: SourceValue, schema: SchemaNode, place: MaybePlace, depth = 0): Way {
    if (this.#isValid(schema, plainValue(node), node)) return { value: plainValue(node), edits: [] };
    const way = this.#change(node, schema, { place, depth });
    return way && (yield* way);
  }

  /** The way to read a value that does not fit as it stands, if there is one. */
  #change(node: SourceValue, { essence: schema }: SchemaNode, at: At): Way | undefined {
    if (at.depth >= deepestMisfit || this.#effort.left < 0) return undefined;
    if (isScalar(node) || schema.combinators.length > 0 || isOfOtherType(node, schema))
      return this.#oneOfSeveral(node, schema, at);
    return this.#container(node, schema, at);
  }

  *#oneOfSeveral(node: SourceValue, schema: SchemaNode, at: At): Way {
    const own = isScalar(node) ? undefined : yield* this.#container(node, schema, at);
    if (own !== undefined) return own;
    const branch = schema.combinators.length === 0 ? undefined : yield* this.#branches(node, schema, at);
    if (branch !== undefined && this.#isValid(schema, branch.value, node)) return branch;
    const readings: Reading[] = [];
    for (const way of this.#changesOfType(node, schema, at)) {
      const reading = isWay(way) ? yield* way : way;
      if (reading !== undefined) readings.push(reading);
    }
    return this.#only(readings, node, schema);
  }

  /** Whether the next member or item belongs to the next step. */
  #isDue(effort = effortOfOne): boolean {
    this.#effort.left -= effort;
    return this.#effort.left < this.#next;
  }

  *#pause(): Steps<void> {
    yield* endStep();
    this.#next = this.#effort.left - effortInAStep;
  }

  #isValid(given: SchemaNode, value: unknown, node: SourceValue): boolean {
    const schema = given.essence;
    if ((schema.types & typeOf(value)) === 0) return false;
    if (typeof value !== 'object' || value === null) return this.#judged(schema, value, node);
    const known = this.#known.get(value) ?? new Map<SchemaNode, boolean>();
    this.#known.set(value, known);
    const isValid = known.get(schema) ?? this.#judged(schema, value, node);
    known.set(schema, isValid);
    return isValid;
  }

  #judged(schema: SchemaNode, value: unknown, { start, end }: SourceValue): boolean {
    this.#effort.left -= 1 + (end - start) / 8;
    return this.#effort.left >= 0 && schema.isValid(value) && !losesMembers(value, schema, this.#effort);
  }

  #container(node: SourceObject | SourceArray, schema: SchemaNode, at: At): Way {
    return node.type === 'object' ? this.#object(node, schema, at) : this.#array(node, schema, at);
  }

  /** The ways to read a value as one of another type, or a scalar as another one. */
  *#changesOfType(node: SourceValue, schema: SchemaNode, at: At): Generator<Way | Reading> {
    const types = wantedTypes(schema);
    if (isScalar(node)) yield* scalarReadings(node, schema, at.place);
    if (!isOfOtherType(node, schema)) return;
    // The first counts of two that come to the same: text is one item before it is JSON.
    if ((types & ARRAY) !== 0) yield this.#listOfOne(node, schema, at);
    if (node.type === 'string' && (types & CONTAINER) !== 0) yield this.#nested(node, schema, at);
    if (node.type === 'array') yield this.#singleItem(node, schema, at);
  }

  *#object(node: SourceObject, schema: SchemaNode, { place, depth }: At): Way {
    const value: Record<string, unknown> = {};
    const edits = new Edits();
    let removed: Set<SourceMember> | undefined;
    let present: PresentNames | undefined;
    for (const member of node.members) {
      const isKnown = isMemberOf(schema, member.name);
      if (!isKnown || isNull(member.node)) present ??= presentNames(node, this.#spellings);
      const name = isKnown || present === undefined ? member.name : this.#memberName(member, { schema, present });
      if (name !== member.name) {
        const { nameStart, nameEnd } = member;
        edits.add([replace(nameStart, nameEnd, JSON.stringify(name), placeIn(place, name), 'member-name')]);
      }
      if (this.#isDue(isKnown ? effortOfOne : effortOfOther)) yield* this.#pause();
      const inner = passOn(node, member.node, member.name);
      const schemas = schemasOfMember(schema, name);
      const wanting = this.#firstNotMet(inner, schemas);
      if (wanting === undefined) {
        setMember(value, name, plainValue(member.node));
        continue;
      }
      const at = { place: placeIn(place, name), depth: depth + 1 };
      const change = this.#changeByAll({ node: inner, schemas }, wanting, at);
      const reading = isWay(change) ? yield* change : change;
      if (reading === undefined) {
        // What may be left out and may not be null is left out, unless another spelling of its name stands there too.
        const isLeftOut = isNull(member.node) && mayBeLeftOut(schema, name);
        if (isLeftOut && present?.alike(present.spelling(member.name)) === 1) {
          removed ??= new Set();
          removed.add(member);
          continue;
        }
        return undefined;
      }
      edits.add(reading.edits);
      setMember(value, name, reading.value);
    }
    if (removed !== undefined) edits.add(removals(node, removed, place));
    return yield* this.#thatFits({ value, edits: edits.all }, node, schema);
  }

  /** The declared name that a member's name is another spelling of, where it is missed or the name as it stands may not be. */
  #memberName({ name, node: member }: SourceMember, { schema, present }: Naming): string {
    const spelling = present.spelling(name);
    const [alike, ...others] = membersLike(schema, spelling).filter((candidate) => !present.has(candidate));
    if (alike === undefined || others.length > 0) return name;
    const mayStand =
      !isDropped(schema, name) &&
      schemasOfMember(schema, name).every((judge) => this.#isValid(judge, plainValue(member), member));
    if (mayStand && !requiredBy(schema, alike)) return name;
    return present.alike(spelling) === 1 ? alike : name;
  }

  *#array(node: SourceArray, schema: SchemaNode, { place, depth }: At): Way {
    const value: unknown[] = [];
    const edits = new Edits();
    let becameLists = false;
    for (const item of node.items) {
      const index = value.length;
      if (this.#isDue()) yield* this.#pause();
      const schemas = schemasOfItem(schema, index);
      const wanting = this.#firstNotMet(passOn(node, item, index), schemas);
      if (wanting === undefined) {
        value.push(plainValue(item));
        continue;
      }
      const at = { place: placeIn(place, index), depth: depth + 1 };
      const change = this.#changeByAll({ node: item, schemas }, wanting, at);
      const reading = isWay(change) ? yield* change : change;
      if (reading === undefined) return undefined;
      value.push(reading.value);
      edits.add(reading.edits);
      becameLists ||= Array.isArray(reading.value) && item.type !== 'array';
    }
    // Where lists are wanted in a list, `[1, 2]` may be one of them, or two.
    if (becameLists && (yield* this.#listOfOne(node, schema, { place, depth })) !== undefined) return undefined;
    return yield* this.#thatFits({ value, edits: edits.all }, node, schema);
  }

  /** Reads a value that several schemas judge; the first that it does not meet says how. */
  *readByAll(judged: JudgedValue, at: At): Way {
    const wanting = this.#firstNotMet(judged.node, judged.schemas);
    if (wanting === undefined) return { value: plainValue(judged.node), edits: [] };
    const change = this.#changeByAll(judged, wanting, at);
    return isWay(change) ? yield* change : change;
  }

  #firstNotMet(node: SourceValue, schemas: readonly SchemaNode[]): SchemaNode | undefined {
    for (const schema of schemas) if (!this.#isValid(schema, plainValue(node), node)) return schema;
    return undefined;
  }

  /** The reading of a value that does not fit, or the way to it. */
  #changeByAll(judged: JudgedValue, wanting: SchemaNode, at: At): Reading | undefined | Way {
    const { node } = judged;
    if (!isScalar(node) || wanting.combinators.length > 0 || (wantedTypes(wanting) & CONTAINER) !== 0)
      return judged.schemas.length === 1 ? this.#change(node, wanting, at) : this.#changeInSteps(judged, wanting, at);
    return this.#thatMeetsAll(this.#only(scalarReadings(node, wanting, at.place), node, wanting), judged);
  }

  *#changeInSteps(judged: JudgedValue, wanting: SchemaNode, at: At): Way {
    const way = this.#change(judged.node, wanting, at);
    return this.#thatMeetsAll(way && (yield* way), judged);
  }

  *#thatFits(reading: Reading, node: SourceValue, schema: SchemaNode): Way {
    if (isLong(node)) yield* this.#pause();
    return this.#isValid(schema, reading.value, node) ? reading : undefined;
  }

  #thatMeetsAll(reading: Reading | undefined, { node, schemas }: JudgedValue): Reading | undefined {
    if (reading === undefined || schemas.length === 1) return reading;
    return schemas.every((schema) => this.#isValid(schema, reading.value, node)) ? reading : undefined;
  }

  /** The one of several readings that fits; none where two that differ do. */
  #only(readings: Iterable<Reading>, node: SourceValue, schema: SchemaNode): Reading | undefined {
    let found: Reading | undefined;
    for (const reading of readings) {
      if (!this.#isValid(schema, reading.value, node)) continue;
      if (found !== undefined && !isSameValue(found.value, reading.value)) return undefined;
      found ??= reading;
    }
    return found;
  }

  /** Reads by one branch of a reference, `allOf`, `anyOf` or `oneOf`: by the one that leaves one reading. */
  *#branches(node: SourceValue, schema: SchemaNode, { place, depth }: At): Way {
    for (const { branches } of schema.combinators) {
      if (branches.length > mostBranches) continue;
      const readings: Reading[] = [];
      for (const branch of branches) {
        const reading = yield* this.read(node, branch, place, depth + 1);
        if (reading === undefined || !this.#isValid(schema, reading.value, node)) continue;
        if (!readings.some(({ value }) => isSameValue(value, reading.value))) readings.push(reading);
      }
      const [only] = readings;
      if (readings.length === 1) return only;
    }
    return undefined;
  }

  *#nested(node: SourceScalar, schema: SchemaNode, { place }: At): Way {
    const nested = yield* this.#readNested(String(plainValue(node)), schema);
    if (nested === undefined) return undefined;
    return { value: nested.value, edits: [replace(node.start, node.end, nested.text, place, 'json-in-string')] };
  }

  *#listOfOne(node: SourceValue, schema: SchemaNode, { place, depth }: At): Way {
    const inside = { node, schemas: schemasOfItem(schema, 0) };
    const reading = yield* this.readByAll(inside, { place: placeIn(place, 0), depth: depth + 1 });
    if (reading === undefined || !mayBeOnly(reading.value, schema)) return undefined;
    // Text that is a list itself is not one in a list because that fits.
    if (node.type === 'string' && typeof reading.value === 'object' && /^"\s*\[/.test(node.json)) return undefined;
    const [open, close] = [insert(node.start, '[', place, 'list-of-one'), closeAround(node, ']', place, 'list-of-one')];
    return { value: [reading.value], edits: [open, ...reading.edits, close] };
  }

  *#singleItem(node: SourceArray, schema: SchemaNode, { place, depth }: At): Way {
    const [item] = node.items;
    if (item === undefined || node.items.length > 1) return undefined;
    const reading = yield* this.read(item, schema, place, depth + 1);
    if (reading === undefined) return undefined;
    const around = [replace(node.start, item.start, '', place, 'single-item')];
    if (item.end < node.end) around.push(replace(item.end, node.end, '', place, 'single-item'));
    return { value: reading.value, edits: [...around, ...reading.edits] };
  }
}

/** Ends a step. Others may use up the steps of judging meanwhile. */
export function* endStep(): Steps<void> {
  const left = stepsLeft();
  yield;
  allowSteps(Math.min(MOST_STEPS, left + judgingInAStep));
}

/** Whether to judge a value takes a step of its own. */
export function isLong({ start, end }: SourceValue): boolean {
  return end - start > longValue;
}

/** A way to read a value, in steps. */
type Way = Steps<Reading | undefined>;

function isWay(way: Way | Reading | undefined): way is Way {
  return way !== undefined && !('edits' in way);
}

/** Whether a value is of a type that its schema does not want. */
function isOfOtherType(node: SourceValue, schema: SchemaNode): boolean {
  const types = wantedTypes(schema);
  return types !== 0 && (types & typeOf(plainValue(node))) === 0;
}

function isScalar(node: SourceValue): node is SourceScalar {
  return node.type !== 'object' && node.type !== 'array';
}

/** A value and all the schemas that it has to meet. */
interface JudgedValue {
  readonly node: SourceValue;
  readonly schemas: readonly SchemaNode[];
}

interface At {
  readonly place: MaybePlace;
  readonly depth: number;
}

interface Naming {
  readonly schema: SchemaNode;
  readonly present: PresentNames;
}

function isNull(node: SourceValue): boolean {
  return node.type === 'literal' && node.json === 'null';
}
