import { once } from 'node:events';
import { createServer } from 'node:http';

/** A provider that counts, and answers each prompt by its name and the number of the call. */
export interface Upstream {
  readonly url: string;
  /** The prompts it was asked, oldest first. */
  readonly asked: string[];
  /** How long it takes to answer. */
  delayMs: number;
  /** Fails the next calls. */
  failures: number;
  stop(): void;
}

export async function startUpstream(): Promise<Upstream> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const prompt = Buffer.concat(chunks).toString();
      upstream.asked.push(prompt);
      const fails = upstream.failures > 0;
      if (fails) upstream.failures -= 1;
      const answer = `answer ${upstream.asked.length} to ${prompt}`;
      setTimeout(() => response.writeHead(fails ? 503 : 200).end(answer), upstream.delayMs);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const upstream: Upstream = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    asked: [],
    delayMs: 0,
    failures: 0,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return upstream;
}
