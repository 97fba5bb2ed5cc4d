import type { SourceMember, SourceValue } from './source-value.ts';
import { Stack } from './stack.ts';

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

/** The containers of a text that are still open, with what they hold so far. */
export class SourceBuilder {
  /** Frames are used again: a text may open as many containers as it has characters. */
  readonly #frames: Frame[] = [];
  readonly #items = new Stack<SourceValue>();
  readonly #members = new Stack<SourceMember>();
  #depth = 0;
  #top: Frame | undefined;
  #root: SourceValue | undefined;
  #isFilled = false;

  /** How many containers are open. */
  get depth(): number {
    return this.#depth;
  }

  /** What kind the innermost one is. */
  get inside(): Frame['type'] | undefined {
    return this.#top?.type;
  }

  /** Where the innermost one begins. */
  get start(): number | undefined {
    return this.#top?.start;
  }

  /** What kind the outermost one is, or was. */
  get outermost(): Frame['type'] | undefined {
    return this.#frames[0]?.type;
  }

  /** Whether the outermost one has anything in it. */
  get isFilled(): boolean {
    return this.#isFilled;
  }

  /** The value, once no container is open. */
  get root(): SourceValue | undefined {
    return this.#depth === 0 ? this.#root : undefined;
  }

  open(type: Frame['type'], start: number): void {
    this.#isFilled ||= this.#depth > 0;
    const base = type === 'object' ? this.#members.length : this.#items.length;
    let frame = this.#frames[this.#depth];
    if (frame === undefined) {
      frame = { type, start, base, name: '', nameStart: 0, nameEnd: 0, names: undefined };
      this.#frames.push(frame);
    } else {
      frame.type = type;
      frame.start = start;
      frame.base = base;
      frame.names = undefined;
    }
    this.#top = frame;
    this.#depth += 1;
  }

  /** Names the next member; `false` where there is one of that name. */
  name(name: string, start: number, end: number): boolean {
    const top = this.#top;
    if (top === undefined || this.#has(top, name)) return false;
    top.name = name;
    top.nameStart = start;
    top.nameEnd = end;
    return true;
  }

  add(node: SourceValue): void {
    this.#isFilled ||= this.#depth > 0;
    this.#add(node);
  }

  close(end: number): void {
    if (this.#top === undefined) return;
    const { type, start, base } = this.#top;
    this.#depth -= 1;
    this.#top = this.#frames[this.#depth - 1];
    if (type === 'object') this.#add({ type, start, end, members: this.#members.takeFrom(base), value: undefined });
    else this.#add({ type, start, end, items: this.#items.takeFrom(base), value: undefined });
  }

  #has({ base, names }: Frame, name: string): boolean {
    if (names !== undefined) return names.has(name);
    const members = this.#members;
    for (let index = base; index < members.length; index += 1) if (members.at(index)?.name === name) return true;
    return false;
  }

  #add(node: SourceValue): void {
    const top = this.#top;
    if (top === undefined) {
      this.#root = node;
      return;
    }
    if (top.type === 'array') {
      this.#items.push(node);
      return;
    }
    const { name, nameStart, nameEnd, base, names } = top;
    const members = this.#members;
    members.push({ name, nameStart, nameEnd, node });
    if (names !== undefined) names.add(name);
    else if (members.length - base > manyMembers) top.names = new Set(members.from(base).map((member) => member.name));
  }
}
