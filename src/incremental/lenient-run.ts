import type { Issue } from '../trace/issue.ts';
import type { IncrementalCheck, IncrementalState } from './incremental-check.ts';
import { openingOf } from './schema/opening.ts';
import type { SchemaNode } from './schema/schema-node.ts';
import { IncrementalRun } from './strict-run.ts';
import { ARRAY, OBJECT } from './text/json-type.ts';
import { type Token, Tokenizer } from './text/tokenizer.ts';

/**
 * Skips prose and code fences around the JSON. A bracket begins the JSON if the schema allows one there and JSON follows
 * it: the `[` of `[see below]` does not. A schema that allows neither objects nor arrays is looked for at the start only.
 */
export class LenientRun implements IncrementalCheck {
  readonly #root: SchemaNode;
  readonly #starts: RegExp;
  #run: IncrementalRun | undefined;
  /** The text since a bracket that may begin the JSON. */
  #kept = '';
  #tokenizer: Tokenizer | undefined;
  #jsonStart = 0;
  #state: IncrementalState = { state: 'open', issues: [], safeLength: 0, jsonStart: 0 };

  constructor(root: SchemaNode) {
    this.#root = root;
    this.#starts = startsOf(root);
  }

  push(text: string): IncrementalState {
    if (this.#state.state !== 'open') return this.#state;
    const piece = this.#run === undefined ? this.#seek(text) : text;
    if (this.#run === undefined) return this.#state;
    const state = this.#run.push(piece);
    const jsonStart = this.#jsonStart;
    this.#state = { ...state, jsonStart, safeLength: state.safeLength === 0 ? 0 : jsonStart + state.safeLength };
    return this.#state;
  }

  end(): { valid: boolean; issues: readonly Issue[] } {
    if (this.#run !== undefined) return this.#run.end();
    return new IncrementalRun(this.#root).end();
  }

  /** Looks for the JSON; once it is found, answers its text so far. */
  #seek(text: string): string {
    let piece = text;
    for (;;) {
      if (this.#tokenizer === undefined) {
        const at = piece.search(this.#starts);
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
          this.#run = new IncrementalRun(this.#root, true);
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

function startsOf(root: SchemaNode): RegExp {
  const [allowsObject, allowsArray] = [OBJECT, ARRAY].map((type) => openingOf(root, type) !== 'failed');
  if (allowsObject) return allowsArray ? /[{[]/ : /\{/;
  return allowsArray ? /\[/ : /["\d\-tfn]/;
}
