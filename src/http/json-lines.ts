import { privateHeaders } from './problem.ts';

/** Lines as a file to download, read no faster than they are taken. */
export function jsonLines(lines: AsyncIterable<string>): Response {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const type = 'application/jsonl; charset=utf-8';
  const disposition = 'attachment; filename="decisions.jsonl"';
  return new Response(body, {
    headers: { ...privateHeaders, 'content-type': type, 'content-disposition': disposition },
  });
}
