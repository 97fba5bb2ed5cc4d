import type { JsonObject } from '../../../examples/practice-server/json.ts';

/** An answer of a model, before it is written in a provider's format. */
export interface ProviderAnswer {
  readonly text?: string;
  /** What it thought, signed where the provider signs. */
  readonly reasoning?: string;
  readonly calls?: readonly { readonly name: string; readonly input: string }[];
  /** An image, in base64. */
  readonly image?: string;
  /** The address of a page that the provider's own search found. */
  readonly found?: string;
  readonly finish?: 'stop' | 'length' | 'tool-calls';
}

/** How a provider writes answers. */
export interface AnswerFormat {
  body(answer: ProviderAnswer, id: string): JsonObject;
  /** The data of the events of a stream. */
  chunks?(answer: ProviderAnswer, id: string): readonly string[];
}

/** The finish reason that goes with the answer where none is given. */
export function finishOf({ finish, calls = [] }: ProviderAnswer): NonNullable<ProviderAnswer['finish']> {
  return finish ?? (calls.length > 0 ? 'tool-calls' : 'stop');
}

/** The input as an object, where a format has no text for it. */
export function inputObject(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return {};
  }
}
