import { type MaybePlace, placeIn } from '../incremental/explaining/place.ts';
import type { SourceMember, SourceValue } from './source-value.ts';
import { stack } from './stack.ts';

/** The containers of a text that are still open, with what they hold so far. */
export interface SourceBuilder {
  /** How many containers are open. */
  readonly depth: number;
  /** What kind the innermost one is. */
  readonly inside: 'object' | 'array' | undefined;
  /** What kind the outermost one is. */
  readonly outermost: 'object' | 'array' | undefined;
  /** Whether the outermost one has anything in it. */
  readonly isFilled: boolean;
  /** The value, once no container is open. */
  readonly root: SourceValue | undefined;
  open(type: 'object' | 'array', start: number): void;
  /** Names the next member; `false` where there is one of that name. */
  name(name: string, start: number, end: number): boolean;
  add(node: SourceValue): void;
  close(end: number): void;
  /** Where the latest value stands that so many containers are around. */
  placeOf(depth: number): MaybePlace;
}

interface Frame {
  type: 'object' | 'array';
  start: number;
  /** Where its members or items begin among those of all open containers. */
  base: number;
  name: string;
  nameStart: number;
  nameEnd: number;
  /** The names of its members, where there are many. */
  names: Set<string> | undefined;
}

/** From how many members on their names are looked up instead of compared. */
const manyMembers = 8;

export function sourceBuilder(): SourceBuilder {
  /** Frames are used again: a text may open as many containers as it has characters. */
  const frames: Frame[] = [];
  const items = stack<SourceValue>();
  const members = stack<SourceMember>();
  let depth = 0;
  let top: Frame | undefined;
  let root: SourceValue | undefined;
  let isFilled = false;

  function has({ base, names }: Frame, name: string): boolean {
    if (names !== undefined) return names.has(name);
    for (let index = base; index < members.length; index += 1) if (members.at(index)?.name === name) return true;
    return false;
  }

  function add(node: SourceValue): void {
    if (top === undefined) {
      root = node;
      return;
    }
    if (top.type === 'array') {
      items.push(node);
      return;
    }
    const { name, nameStart, nameEnd, base, names } = top;
    members.push({ name, nameStart, nameEnd, node });
    if (names !== undefined) names.add(name);
    else if (members.length - base > manyMembers) top.names = new Set(members.from(base).map((member) => member.name));
  }

  return {
    get depth() {
      return depth;
    },
    get inside() {
      return top?.type;
    },
    get outermost() {
      return depth === 0 ? undefined : frames[0]?.type;
    },
    get isFilled() {
      return isFilled;
    },
    get root() {
      return depth === 0 ? root : undefined;
    },
    open(type, start) {
      isFilled ||= depth > 0;
      const base = type === 'object' ? members.length : items.length;
      let frame = frames[depth];
      if (frame === undefined) {
        frame = { type, start, base, name: '', nameStart: 0, nameEnd: 0, names: undefined };
        frames.push(frame);
      } else {
        frame.type = type;
        frame.start = start;
        frame.base = base;
        frame.names = undefined;
      }
      top = frame;
      depth += 1;
    },
    name(name, start, end) {
      if (top === undefined || has(top, name)) return false;
      top.name = name;
      top.nameStart = start;
      top.nameEnd = end;
      return true;
    },
    add(node) {
      isFilled ||= depth > 0;
      add(node);
    },
    close(end) {
      if (top === undefined) return;
      const { type, start, base } = top;
      depth -= 1;
      top = frames[depth - 1];
      if (type === 'object') add({ type, start, end, members: members.takeFrom(base), value: undefined });
      else add({ type, start, end, items: items.takeFrom(base), value: undefined });
    },
    placeOf(outer) {
      let place: MaybePlace;
      for (let index = 0; index < outer; index += 1) {
        const frame = frames[index];
        if (frame === undefined || index >= depth) break;
        place = placeIn(place, frame.type === 'object' ? frame.name : indexIn(index, frame));
      }
      return place;
    },
  };

  /** The index of the item that is under way in an open list, or was the last. */
  function indexIn(at: number, { base }: Frame): number {
    let end = items.length;
    for (let inner = at + 1; inner < depth; inner += 1) {
      const frame = frames[inner];
      if (frame?.type === 'array') {
        end = frame.base;
        break;
      }
    }
    return end - base - (at === depth - 1 ? 1 : 0);
  }
}
