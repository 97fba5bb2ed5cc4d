/** The lines of a body, each with its line break, as they come. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  // Cast: the two typings of TextDecoderStream disagree about the buffer behind the bytes.
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let received = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value;
      const lines = received.split('\n');
      received = lines.pop() ?? '';
      for (const line of lines) yield `${line}\n`;
    }
    if (received !== '') yield received;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
