import type { ContentPart } from './language-model.ts';

/** What a model or a person proposed, as the checks see it. */
export interface Answer<VALUE = unknown> {
  /** The joined text; `''` for an answer that has only tool calls. */
  readonly text: string;
  /** The JSON value of the text, or the value that a check's schema returns; `undefined` if there is none. */
  readonly value: VALUE;
  /** The parts of the answer, in order. */
  readonly content: readonly ContentPart[];
  /** Why the answer ended: `stop`, `length`, `content-filter`, `tool-calls`, `error`, `other`. */
  readonly finishReason: string;
}
