import type { Issue } from '../trace/issue.ts';
import { pathOf } from './explaining/place.ts';
import type { IncrementalCheck, IncrementalState } from './incremental-check.ts';
import { Judging } from './judging/streamed-value.ts';
import { allowSteps, isExhausted, MOST_STEPS, stepsLeft } from './patterns/effort.ts';
import type { CompiledSchema } from './schema/compiled-schema.ts';
import { refuseOtherThanText } from './text/refuse-other-than-text.ts';
import { type Token, Tokenizer } from './text/tokenizer.ts';

/** How many steps each character of a text brings, beyond those with which it begins. */
const STEPS_PER_CHARACTER = 50;

/** One text being judged: drives the judging by the tokens, and keeps count of what is safe to show. */
export class IncrementalRun implements IncrementalCheck {
  readonly #schema: CompiledSchema;
  readonly #judging: Judging;
  /** Whether text after the JSON does not matter. */
  readonly #ignoresRest: boolean;
  readonly #tokenizer = new Tokenizer();
  /** Where the last thing ends that may be shown once nothing is undecided. */
  #shown = 0;
  #safeLength = 0;
  #issues: readonly Issue[] = [];
  #hasBegun = false;
  /** The steps that pieces before this one left: many small pieces together may take no more than one large one. */
  #steps = MOST_STEPS;
  #state: IncrementalState['state'] = 'open';
  /** What was said last; the same again, while nothing changes. */
  #said: IncrementalState = { state: 'open', issues: [], safeLength: 0, jsonStart: 0 };

  constructor(schema: CompiledSchema, ignoresRest = false) {
    this.#schema = schema;
    this.#ignoresRest = ignoresRest;
    this.#judging = new Judging(schema.root, schema.identities);
    this.#noteDeath();
  }

  push(text: string): IncrementalState {
    refuseOtherThanText(text);
    allowSteps(Math.min(MOST_STEPS + text.length, this.#steps + STEPS_PER_CHARACTER * text.length));
    if (!this.#isOver) {
      this.#tokenizer.push(text);
      this.#read();
      if (isExhausted()) this.#schema.noteEffort();
    }
    this.#steps = stepsLeft();
    if (this.#said.safeLength !== this.#safeLength || this.#said.state !== this.#state) {
      this.#said = { state: this.#state, issues: this.#issues, safeLength: this.#safeLength, jsonStart: 0 };
    }
    return this.#said;
  }

  end(): { valid: boolean; issues: readonly Issue[] } {
    allowSteps();
    if (!this.#isOver) {
      this.#tokenizer.finish();
      this.#read(true);
      this.#schema.noteEffort();
    }
    return { valid: this.#state === 'complete', issues: this.#issues };
  }

  get #isOver(): boolean {
    return this.#state === 'dead' || (this.#ignoresRest && this.#state === 'complete');
  }

  #read(isEnd = false): void {
    for (let token = this.#tokenizer.next(); ; token = this.#tokenizer.next()) {
      if (token === 'more' || token === 'end') break;
      if (token === 'error') {
        this.#dieOfSyntax(isEnd);
        return;
      }
      this.#hasBegun = true;
      this.#take(token);
      if (this.#noteDeath()) return;
      if (this.#judging.holds === 0) this.#safeLength = this.#shown;
      if (this.#ignoresRest && this.#tokenizer.isComplete) break;
    }
    if (this.#tokenizer.isComplete) this.#state = 'complete';
  }

  #take(token: Token): void {
    const judging = this.#judging;
    const tokenizer = this.#tokenizer;
    switch (token) {
      case 'string-part':
        judging.stringPart(tokenizer.text);
        if (!this.#mayShowCharacters) return;
        break;
      case 'name':
        judging.name(tokenizer.text);
        return;
      case 'string-start':
        judging.stringStart();
        if (!this.#mayShowCharacters) return;
        break;
      case 'string-end':
        judging.stringEnd();
        break;
      case 'number-start':
        judging.numberStart();
        return;
      case 'number':
        judging.scalarEnd(Number(tokenizer.text));
        break;
      case 'object-start':
        judging.containerStart('object');
        break;
      case 'array-start':
        judging.containerStart('array');
        break;
      case 'object-end':
      case 'array-end':
        judging.containerEnd();
        break;
      case 'literal-start':
        judging.scalar(tokenizer.literal);
        return;
      default:
        break;
    }
    this.#shown = tokenizer.end;
  }

  get #mayShowCharacters(): boolean {
    return this.#judging.isFree && this.#tokenizer.depth > 0;
  }

  #noteDeath(): boolean {
    if (!this.#judging.isDead) return false;
    this.#state = 'dead';
    this.#issues = this.#judging.issues;
    return true;
  }

  #dieOfSyntax(isEnd: boolean): void {
    const { problem } = this.#tokenizer;
    const isEmpty = isEnd && !this.#hasBegun;
    const kind = isEmpty ? 'empty' : isEnd ? 'truncated' : 'syntax';
    const message = {
      empty: 'Answer with JSON; there is none.',
      truncated: `Finish the JSON; ${problem}.`,
      syntax: `Write valid JSON; ${problem}.`,
    }[kind];
    this.#state = 'dead';
    this.#issues = [{ path: pathOf(this.#judging.place), check: 'schema', kind, message }];
  }
}
