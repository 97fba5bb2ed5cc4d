import type { ContentPart } from './language-model.ts';

/** What a model (or a person) proposed, as the checks see it. */
export interface Answer<VALUE = unknown> {
  /** The joined text; `''` for an answer that is tool calls only. */
  readonly text: string;
  /** The JSON value of the text, or what a check's schema makes of it; `undefined` when there is none. */
  readonly value: VALUE;
  readonly content: readonly ContentPart[];
  readonly finishReason: string;
}
