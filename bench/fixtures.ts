import type { CallOptions, GenerateResult, LanguageModel, StreamPart } from '../src/model/language-model.ts';

/** What an invoice looks like, as `Output.object` hands its schema over. */
export const invoiceSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: {
    number: { type: 'string' },
    vendor: {
      type: 'object',
      properties: { name: { type: 'string' }, id: { type: 'string' }, country: { type: 'string' } },
      required: ['name', 'id', 'country'],
      additionalProperties: false,
    },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          description: { type: 'string' },
          quantity: { type: 'integer', minimum: 1 },
          unitPrice: { type: 'number' },
          total: { type: 'number' },
        },
        required: ['description', 'quantity', 'unitPrice', 'total'],
        additionalProperties: false,
      },
    },
    currency: { type: 'string', enum: ['EUR', 'USD', 'GBP'] },
    total: { type: 'number' },
    paid: { type: 'boolean' },
    note: { type: ['string', 'null'] },
  },
  required: ['number', 'vendor', 'lines', 'currency', 'total', 'paid', 'note'],
  additionalProperties: false,
} as const;

const line = (description: string) => ({ description, quantity: 3, unitPrice: 41.5, total: 124.5 });
const invoice = {
  number: 'INV-2026-004711',
  vendor: { name: 'Acme Tools and Supplies Ltd.', id: 'DE-811907980', country: 'Germany' },
  lines: ['Cordless drill', 'Wood screws, box of 500', 'Safety goggles', 'Work gloves', 'Ladder', 'Paint'].map(line),
  currency: 'EUR',
  total: 747,
  paid: false,
  note: null,
};

/** A right answer of 805 bytes, as models write it. */
export const rightAnswer = JSON.stringify({ ...invoice, note: note(175) });
export const wrongAnswer = rightAnswer.replace('"total":747', '"total":"see above"');

/** A right answer of some 8,000 bytes. */
export const longAnswer = JSON.stringify({ ...invoice, lines: Array(16).fill(invoice.lines).flat() });

function note(length: number): string {
  return 'Deliver to the back entrance between eight and noon, please. '.repeat(8).slice(0, length);
}

export const request: CallOptions = {
  prompt: [
    { role: 'system', content: 'You extract invoices.' },
    { role: 'user', content: [{ type: 'text', text: 'The invoice: …' }] },
  ],
  responseFormat: { type: 'json', schema: invoiceSchema },
};

export const plainRequest: CallOptions = { prompt: request.prompt };

const usage = {
  inputTokens: { total: 400, noCache: 400, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 200, text: 200, reasoning: undefined },
};

export function resultOf(text: string): GenerateResult {
  return {
    content: [{ type: 'text', text }],
    finishReason: { unified: 'stop', raw: 'stop' },
    usage,
    warnings: [],
    response: { id: 'response-1', modelId: 'bench', timestamp: new Date(0) },
  };
}

/** A model that gives these answers in turn, again and again, at once. */
export function instantModel(answers: readonly string[], parts: readonly StreamPart[] = []): LanguageModel {
  const results = answers.map(resultOf);
  let calls = 0;
  return {
    specificationVersion: 'v4',
    provider: 'bench',
    modelId: 'bench',
    supportedUrls: {},
    async doGenerate() {
      calls += 1;
      return results[(calls - 1) % results.length] as GenerateResult;
    },
    async doStream() {
      return { stream: streamOf(parts) };
    },
  };
}

function streamOf(parts: readonly StreamPart[]): ReadableStream<StreamPart> {
  let next = 0;
  return new ReadableStream<StreamPart>({
    pull(controller) {
      const part = parts[next];
      next += 1;
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
}

/** A text in that many pieces, as a model streams it. */
export function chunked(text: string, chunks: number): StreamPart[] {
  const length = Math.ceil(text.length / chunks);
  const deltas = Array.from({ length: chunks }, (_, index) => text.slice(index * length, (index + 1) * length));
  return [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: '0' },
    ...deltas.map((delta): StreamPart => ({ type: 'text-delta', id: '0', delta })),
    { type: 'text-end', id: '0' },
    { type: 'finish', usage, finishReason: { unified: 'stop', raw: 'stop' } },
  ];
}
