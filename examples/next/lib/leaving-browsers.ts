import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Where the edge runtime reads the body of a request, Next.js replaces the request's listeners, those for errors included:
 * a browser that leaves would be an uncaught exception. Each request gets one back just before its connection closes.
 */
const latest = new WeakMap<Socket, IncomingMessage>();

subscribe('http.server.request.start', (message) => {
  // Cast: what Node says of this channel.
  const { request, socket } = message as { readonly request: IncomingMessage; readonly socket: Socket };
  if (!latest.has(socket)) socket.prependListener('close', () => latest.get(socket)?.on('error', () => {}));
  latest.set(socket, request);
});
