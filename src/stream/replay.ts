import type { ContentPart, GenerateResult, StreamPart } from '../model/language-model.ts';

/** The approximate length of a synthesised delta: a few words, as models stream them. */
const deltaLength = 24;

/** The parts a stream would have sent for a result, in the order of its content, without `stream-start` and `finish`. */
export function* partsOf({ content, response }: GenerateResult, createId: () => string): Generator<StreamPart> {
  if (response !== undefined) {
    const { id, modelId, timestamp } = response;
    yield { type: 'response-metadata', id, modelId, timestamp };
  }
  for (const part of content) yield* partsOfContent(part, createId);
}

function* partsOfContent(part: ContentPart, createId: () => string): Generator<StreamPart> {
  switch (part.type) {
    case 'text':
    case 'reasoning': {
      const id = createId();
      const metadata = part.providerMetadata === undefined ? {} : { providerMetadata: part.providerMetadata };
      yield { type: `${part.type}-start`, id, ...metadata };
      for (const delta of pieces(part.text)) yield { type: `${part.type}-delta`, id, delta };
      yield { type: `${part.type}-end`, id, ...metadata };
      return;
    }
    case 'tool-call': {
      const { toolCallId: id, toolName, input } = part;
      const flags = {
        ...(part.providerExecuted === undefined ? {} : { providerExecuted: part.providerExecuted }),
        ...(part.dynamic === undefined ? {} : { dynamic: part.dynamic }),
      };
      yield { type: 'tool-input-start', id, toolName, ...flags };
      if (input !== '') yield { type: 'tool-input-delta', id, delta: input };
      yield { type: 'tool-input-end', id };
      yield part;
      return;
    }
    default:
      yield part;
  }
}

/** Cuts after spaces where possible, never inside a surrogate pair. */
function* pieces(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + deltaLength);
    // Searches only the piece: otherwise each piece of a text without spaces would be searched back to its beginning.
    const space = text.slice(start, end).lastIndexOf(' ');
    if (end < text.length && space > 0) end = start + space + 1;
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1;
    yield text.slice(start, end);
    start = end;
  }
}
