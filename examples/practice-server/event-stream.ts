/** Sends each chunk as the data of one server-sent event. */
export function eventStream(
  chunks: Iterable<string>,
  { delayMs = 0 }: { readonly delayMs?: number | undefined } = {},
): Response {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.iterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = iterator.next();
      if (done) return controller.close();
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      controller.enqueue(encoder.encode(`data: ${value}\n\n`));
    },
  });
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' } });
}
