import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands before a TCP server, loses replies and delays them. */
export interface LossyProxy {
  readonly port: number;
  /** Lets the next request through, and cuts the connection instead of handing on its reply. */
  loseNextReply(): void;
  /** Hands every reply on this much later. */
  delayMs: number;
  stop(): void;
}

export async function lossyProxy(targetPort: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  let isLosing = false;

  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) sockets.add(socket.on('error', () => {}));
    client.pipe(target);
    target.on('data', (reply) => {
      if (!isLosing) return void setTimeout(() => client.write(reply), proxy.delayMs);
      isLosing = false;
      client.destroy();
      target.destroy();
    });
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();

  const proxy: LossyProxy = {
    delayMs: 0,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    loseNextReply() {
      isLosing = true;
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return proxy;
}
