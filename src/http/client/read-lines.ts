/** The lines of a body, each with its line break, as they come. */
export function linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  return piecesOf(body, '\n');
}

/**
 * The pieces of a body, each with the `end` that closes it; one that was cut off comes last and has none. The signal ends
 * them, also where whoever fetched the body does not listen to it.
 */
export async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  end: string,
  signal?: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  // Cast: the two typings of TextDecoderStream disagree about the buffer behind the bytes.
  // Cast: the two typings of TextDecoderStream disagree about the buffer behind the bytes.
  const decoder = new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>;
  const reader = body.pipeThrough(decoder, signal && { signal }).getReader();
  let received = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value;
      const pieces = received.split(end);
      received = pieces.pop() ?? '';
      for (const piece of pieces) yield piece + end;
    }
    if (received !== '') yield received;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
