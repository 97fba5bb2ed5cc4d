import { privateHeaders } from './problem.ts';

interface JsonLinesOptions {
  /** Hears why a file ends before its time. */
  readonly onError: (error: unknown) => void;
}

/**
 * Lines as a file to download, read no faster than they are taken. Rejects where the first line cannot be read: an answer
 * that has begun can only break off.
 */
export async function jsonLines(lines: AsyncIterable<string>, { onError }: JsonLinesOptions): Promise<Response> {
  const iterator = lines[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<string>> | undefined = Promise.resolve(await iterator.next());
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await (next ?? iterator.next());
        next = undefined;
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        onError(error);
        throw error;
      }
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
