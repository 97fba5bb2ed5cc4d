import type { Issue } from '../../trace/issue.ts';
import {
  type Failure,
  failureSaying,
  openingFailure,
  prefixFailure,
  prefixRuling,
  repetitionFailure,
  scalarFailure,
} from '../explaining/failure.ts';
import { type MaybePlace, placeIn } from '../explaining/place.ts';
import { afford, isExhausted } from '../patterns/effort.ts';
import { codePoints } from '../schema/keywords/length.ts';
import { openingOf } from '../schema/opening.ts';
import { rulingFrom } from '../schema/ruling.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { Identities, identityOf, type MaybeIdentity } from '../text/identity.ts';
import { ARRAY, NUMBER, OBJECT, STRING } from '../text/json-type.ts';
import type { ArrayDemands } from './array-demands.ts';
import type { Judgement } from './container-judgement.ts';
import { Frame } from './frame.ts';
import type { ObjectDemands } from './object-demands.ts';
import type { ContainerFrame, ContainerJudgement, Listener, ValueJudging } from './roles.ts';

/** What following a container costs, whoever judges it. */
const STEPS_PER_FRAME = 15;

/**
 * Judges one value while it is being written, told by calls for each token. Each schema judges each position once; what
 * it finds goes up to the schemas that asked for it, until the whole is known to be wrong or the value ends.
 */
export class Judging implements ValueJudging {
  /** Why no continuation is valid. */
  failure: Failure | undefined;
  /** How many demands may still be met in more ways than one; while there are any, nothing new is safe. */
  holds = 0;

  readonly identities: Identities;
  readonly #frames: Frame[] = [];
  #top: Frame | undefined;
  /** How many containers are open that are not followed, since there were no steps left. */
  #skipped = 0;
  /** The schemas that judge the value that comes next or is being read, and who asked. */
  readonly #schemas: SchemaNode[] = [];
  readonly #listeners: Listener[] = [];
  /** How many they are; the lists keep their room. */
  #waiting = 0;
  #settled: ContainerJudgement[] = [];
  #isSettling = false;
  /** The string that is being read, as far as somebody wants to know. */
  #text = '';
  #length = 0;
  #keepsText = false;
  #checksPrefixes = false;

  /** `listed` are those of the values that the schema lists. */
  constructor(root: SchemaNode, listed: Identities) {
    this.identities = new Identities(listed);
    const listener: Listener = {
      judgement: undefined,
      hear: (ruling, failure) => {
        if (ruling === 'failed')
          this.failure ??= failure ?? failureSaying(undefined, () => 'Change the answer; it does not fit the schema.');
      },
    };
    if (root.isNever) listener.hear('failed', openingFailure(root, 0, undefined));
    else this.await(root, listener);
  }

  get isDead(): boolean {
    return this.failure !== undefined;
  }

  get issues(): readonly Issue[] {
    return this.failure?.issues() ?? [];
  }

  /** Counts tokens, to tell which of several failures came last. */
  clock = 0;

  /** The place of the value that is being read. */
  get place(): MaybePlace {
    const top = this.#top;
    return top === undefined || top.key === undefined ? top?.place : placeIn(top.place, top.key);
  }

  /** Whether no schema has anything more to say about the string that is being read. */
  get isFree(): boolean {
    return this.#waiting === 0;
  }

  await(schema: SchemaNode, listener: Listener): void {
    this.#schemas[this.#waiting] = schema.essence;
    this.#listeners[this.#waiting++] = listener;
  }

  name(name: string): void {
    if (this.#skipped > 0) return;
    const frame = this.#top as Frame;
    this.clock++;
    frame.key = name;
    if (frame.names.has(name)) {
      this.failure = repetitionFailure(this.place);
      return;
    }
    frame.names.add(name);
    const concerned = frame.affordable();
    if (!frame.holdsUnnamed && (isExhausted() || frame.isUnnamed(name))) {
      frame.holdsUnnamed = true;
      this.holds++;
    }
    for (let index = 0; index < concerned.length; index++) {
      const judgement = concerned[index] as Judgement;
      if (judgement.ruling === 'open') (judgement.demands as ObjectDemands).name(name);
    }
  }

  /** A literal, or a scalar whose text need not be followed. */
  scalar(value: string | number | boolean | null): void {
    this.#begin();
    this.scalarEnd(value);
  }

  numberStart(): void {
    this.#begin();
    this.#decideByType(NUMBER);
  }

  stringStart(): void {
    this.#begin();
    this.#decideByType(STRING);
    this.#text = '';
    this.#length = 0;
    this.#keepsText = this.#waiting > 0 || this.#top?.keepsIdentity === true;
    this.#checksPrefixes = this.#hasPrefixChecks;
  }

  get #hasPrefixChecks(): boolean {
    for (let index = 0; index < this.#waiting; index++) if (this.#schemas[index]?.hasPrefixChecks) return true;
    return false;
  }

  stringPart(part: string): void {
    if (!this.#keepsText) return;
    this.#text += part;
    if (!this.#checksPrefixes) return;
    this.#length += codePoints(part);
    const prefix = { text: this.#text, length: this.#length };
    let kept = 0;
    for (let index = 0; index < this.#waiting; index++) {
      const schema = this.#schemas[index] as SchemaNode;
      const listener = this.#listeners[index] as Listener;
      if (listener.judgement !== undefined && listener.judgement.ruling !== 'open') continue;
      if (prefixRuling(schema, prefix) !== 'failed') this.#keep(index, kept++);
      else listener.hear('failed', prefixFailure(schema, prefix.text, this.place));
    }
    this.#waiting = kept;
  }

  stringEnd(): void {
    this.scalarEnd(this.#text);
  }

  /** The scalar that was begun is complete. */
  scalarEnd(value: string | number | boolean | null): void {
    this.clock++;
    for (let index = 0; index < this.#waiting; index++) {
      const schema = this.#schemas[index] as SchemaNode;
      const listener = this.#listeners[index] as Listener;
      if (listener.judgement !== undefined && listener.judgement.ruling !== 'open') continue;
      const ruling = rulingFrom(schema.judge(value));
      listener.hear(ruling, ruling === 'failed' ? scalarFailure(schema, value, this.place) : undefined);
    }
    this.#valueEnd(this.#top?.keepsIdentity ? identityOf(value) : undefined);
  }

  /** Whether what comes is inside a container that is not judged. */
  get isSkipping(): boolean {
    return this.#skipped > 0;
  }

  containerStart(type: 'object' | 'array'): void {
    this.#begin();
    this.clock++;
    if (this.#skipped > 0 || !afford(STEPS_PER_FRAME)) {
      this.#skip();
      return;
    }
    const frame = new Frame(this, type === 'object' ? OBJECT : ARRAY, this.#top);
    this.#frames.push(frame);
    this.#top = frame;
    // nothing waits for a value inside before its name or turn comes
    const count = this.#waiting;
    this.#waiting = 0;
    for (let index = 0; index < count; index++) if (this.#schemas[index]?.hasUnevaluated) frame.keepsAll = true;
    for (let index = 0; index < count; index++) {
      frame.open(this.#schemas[index] as SchemaNode, this.#listeners[index] as Listener);
    }
  }

  /** Nothing of the container is judged, and whoever waits for it does not come to a decision. */
  #skip(): void {
    if (this.#skipped++ > 0) return;
    for (let index = 0; index < this.#waiting; index++) this.#listeners[index]?.hear('undecided', undefined);
    this.#waiting = 0;
  }

  containerEnd(): void {
    if (this.#skipped > 0) {
      if (--this.#skipped === 0) this.#valueEnd(undefined);
      return;
    }
    const frame = this.#top as Frame;
    this.clock++;
    frame.key = undefined;
    const identity = frame.identity();
    frame.close(identity);
    if (frame.holdsUnnamed) this.holds--;
    this.#frames.pop();
    this.#top = this.#frames[this.#frames.length - 1];
    if (this.isDead) return;
    this.#valueEnd(identity);
  }

  /** A judgement is final: whoever asked hears of it, and what it asked for is no longer needed. */
  settle(judgement: ContainerJudgement): void {
    this.#settled.push(judgement);
    if (this.#isSettling) return;
    this.#isSettling = true;
    for (let next = this.#settled.pop(); next !== undefined; next = this.#settled.pop()) {
      if (next.ruling !== 'open' && next.ruling !== 'moot') {
        for (const listener of next.listeners) listener.hear(next.ruling, next.failure);
      }
      next.release();
    }
    this.#isSettling = false;
  }

  /** The container inside `frame` that is being read. */
  childOf(frame: ContainerFrame): Frame | undefined {
    return this.#frames[frame.depth] === frame ? this.#frames[frame.depth + 1] : undefined;
  }

  #begin(): void {
    const frame = this.#top;
    if (frame?.type !== ARRAY || this.#skipped > 0) return;
    frame.key = frame.count++;
    for (const judgement of frame.affordable())
      if (judgement.ruling === 'open') (judgement.demands as ArrayDemands).item(frame.key);
  }

  #decideByType(type: number): void {
    this.clock++;
    let kept = 0;
    for (let index = 0; index < this.#waiting; index++) {
      const schema = this.#schemas[index] as SchemaNode;
      const listener = this.#listeners[index] as Listener;
      if (listener.judgement !== undefined && listener.judgement.ruling !== 'open') continue;
      const ruling = openingOf(schema, type);
      if (ruling === 'open') this.#keep(index, kept++);
      else listener.hear(ruling, ruling === 'failed' ? openingFailure(schema, type, this.place) : undefined);
    }
    this.#waiting = kept;
  }

  #keep(index: number, kept: number): void {
    if (index === kept) return;
    this.#schemas[kept] = this.#schemas[index] as SchemaNode;
    this.#listeners[kept] = this.#listeners[index] as Listener;
  }

  #valueEnd(identity: MaybeIdentity): void {
    this.#waiting = 0;
    const frame = this.#top;
    if (frame?.keepsIdentity && this.#skipped === 0) frame.keep(identity);
  }
}
