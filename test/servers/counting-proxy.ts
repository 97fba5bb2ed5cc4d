import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands before a TCP server and counts how often a client had to wait for it. */
export interface CountingProxy {
  readonly url: string;
  /** Requests that were sent after a reply had come; what was sent along with others counts as one. */
  readonly roundTrips: number;
  stop(): void;
}

export async function countingProxy(targetPort: number): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  let roundTrips = 0;

  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    let hasReplied = true;
    for (const socket of [client, target]) sockets.add(socket.on('error', () => {}));
    client.on('data', (request) => {
      if (hasReplied) roundTrips += 1;
      hasReplied = false;
      target.write(request);
    });
    target.on('data', (reply) => {
      hasReplied = true;
      client.write(reply);
    });
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `redis://127.0.0.1:${port}`,
    get roundTrips() {
      return roundTrips;
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
