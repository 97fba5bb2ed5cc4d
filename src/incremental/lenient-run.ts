import type { Issue } from '../trace/issue.ts';
import type { IncrementalCheck, IncrementalState } from './incremental-check.ts';
import { ScalarSearch } from './scalar-search.ts';
import type { CompiledSchema } from './schema/compiled-schema.ts';
import { expectedTypes } from './schema/opening.ts';
import { IncrementalRun } from './strict-run.ts';
import { ARRAY, CONTAINER, OBJECT } from './text/json-type.ts';
import { refuseOtherThanText } from './text/refuse-other-than-text.ts';
import { type Token, Tokenizer } from './text/tokenizer.ts';

/**
 * Skips prose and code fences around the JSON. A bracket begins the JSON if the schema allows one there and JSON follows
 * it: the `[` of `[see below]` does not. Where there is no such bracket, the first scalar that fits the schema is the JSON.
 */
export class LenientRun implements IncrementalCheck {
  readonly #schema: CompiledSchema;
  /** A bracket that may begin the JSON; `undefined` if none may. */
  readonly #starts: RegExp | undefined;
  /** Looks for scalars, if the schema allows any. */
  readonly #scalars: ScalarSearch | undefined;
  #fits = false;
  #misfit: readonly Issue[] | undefined;
  #run: IncrementalRun | undefined;
  /** The text since a bracket that may begin the JSON. */
  #kept = '';
  #tokenizer: Tokenizer | undefined;
  #jsonStart = 0;
  #state: IncrementalState = { state: 'open', issues: [], safeLength: 0, jsonStart: 0 };

  constructor(schema: CompiledSchema) {
    this.#schema = schema;
    const types = expectedTypes(schema.root);
    this.#starts = STARTS[types & CONTAINER];
    if ((types & ~CONTAINER) !== 0) this.#scalars = new ScalarSearch();
  }

  push(text: string): IncrementalState {
    refuseOtherThanText(text);
    if (this.#state.state !== 'open') return this.#state;
    const piece = this.#run === undefined ? this.#seek(text, this.#starts) : text;
    if (this.#run === undefined) {
      this.#tryScalars(text);
      return this.#state;
    }
    const state = this.#run.push(piece);
    const jsonStart = this.#jsonStart;
    this.#state = { ...state, jsonStart, safeLength: state.safeLength === 0 ? 0 : jsonStart + state.safeLength };
    return this.#state;
  }

  end(): { valid: boolean; issues: readonly Issue[] } {
    if (this.#run !== undefined) return this.#run.end();
    this.#tryScalars('', true);
    if (this.#fits) return { valid: true, issues: [] };
    const { valid, issues } = new IncrementalRun(this.#schema).end();
    return { valid, issues: this.#misfit ?? issues };
  }

  #tryScalars(text: string, isEnd = false): void {
    if (this.#scalars === undefined || this.#fits) return;
    for (const { text: scalar, start } of this.#scalars.push(text, isEnd)) {
      const run = new IncrementalRun(this.#schema);
      run.push(scalar);
      const { valid, issues } = run.end();
      if (!valid) {
        this.#misfit ??= issues;
        continue;
      }
      this.#fits = true;
      if (this.#starts === undefined) {
        this.#state = { state: 'complete', issues: [], safeLength: start + scalar.length, jsonStart: start };
      }
      return;
    }
  }

  /** Looks for the JSON; once it is found, answers its text so far. */
  #seek(text: string, starts: RegExp | undefined): string {
    if (starts === undefined) return '';
    let piece = text;
    for (;;) {
      if (this.#tokenizer === undefined) {
        const at = piece.search(starts);
        this.#jsonStart += at < 0 ? piece.length : at;
        if (at < 0) return '';
        piece = piece.slice(at);
        this.#tokenizer = new Tokenizer();
        this.#kept = '';
      }
      this.#kept += piece;
      this.#tokenizer.push(piece);
      switch (this.#belief(this.#tokenizer)) {
        case 'open':
          return '';
        case 'met':
          this.#run = new IncrementalRun(this.#schema, true);
          return this.#kept;
        case 'failed':
          this.#tokenizer = undefined;
          this.#jsonStart++;
          piece = this.#kept.slice(1);
      }
    }
  }

  /** Whether what follows the bracket shows that JSON has begun. */
  #belief(tokenizer: Tokenizer): 'open' | 'met' | 'failed' {
    for (let token = tokenizer.next(); token !== 'more'; token = tokenizer.next()) {
      if (token === 'error') return 'failed';
      if (tokenizer.depth !== 1 || BELIEVABLE.has(token)) return 'met';
    }
    return tokenizer.depth === 0 ? 'met' : 'open';
  }
}

const BELIEVABLE: ReadonlySet<Token> = new Set<Token>(['name', 'string-start', 'number', 'literal']);

const STARTS: Readonly<Record<number, RegExp>> = { [OBJECT]: /\{/, [ARRAY]: /\[/, [CONTAINER]: /[{[]/ };
