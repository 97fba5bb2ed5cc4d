import type { JsonObject } from '../../../examples/practice-server/json.ts';

/** An answer of a model, before it is written in a provider's format. */
export interface ProviderAnswer {
  /** What it thought, signed where the provider signs. */
  readonly reasoning?: string;
  /** The address of a page that the provider's own search found. */
  readonly found?: string;
  readonly text?: string;
  /** An image, in base64. */
  readonly image?: string;
  readonly calls?: readonly { readonly name: string; readonly input: string }[];
  /** More of an answer, in an order of its own. */
  readonly more?: readonly AnswerPart[];
  readonly finish?: 'stop' | 'length' | 'tool-calls';
}

/** One thing of an answer. A format leaves out what its provider does not have. */
export type AnswerPart =
  | { readonly type: 'reasoning'; readonly text: string; readonly isRedacted?: boolean }
  | { readonly type: 'search'; readonly found: string | undefined }
  | { readonly type: 'text'; readonly text: string; readonly found?: string | undefined }
  | { readonly type: 'image'; readonly data: string }
  | { readonly type: 'call'; readonly name: string; readonly input: string };

/** The parts of an answer in the order models write them. */
export function partsOf({ reasoning, found, text, image, calls = [], more = [] }: ProviderAnswer): AnswerPart[] {
  return [
    ...(reasoning === undefined ? [] : [{ type: 'reasoning', text: reasoning } as const]),
    ...(found === undefined ? [] : [{ type: 'search', found } as const]),
    ...(text === undefined ? [] : [{ type: 'text', text, found } as const]),
    ...(image === undefined ? [] : [{ type: 'image', data: image } as const]),
    ...calls.map((call) => ({ type: 'call', ...call }) as const),
    ...more,
  ];
}

/** How a provider writes answers. */
export interface AnswerFormat {
  body(answer: ProviderAnswer, id: string): JsonObject;
  /** The data of the events of a stream. */
  chunks(answer: ProviderAnswer, id: string): readonly string[];
  /** An event of the stream as bytes. @default a server-sent event */
  frame?(chunk: string): Buffer | string;
}

/** The finish reason that goes with the answer where none is given. */
export function finishOf(answer: ProviderAnswer): NonNullable<ProviderAnswer['finish']> {
  return answer.finish ?? (partsOf(answer).some(({ type }) => type === 'call') ? 'tool-calls' : 'stop');
}

/** The input as an object, where a format has no text for it. */
export function inputObject(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return {};
  }
}
