import { Redis } from 'ioredis';

/** What the REST service answers for one command. */
export type CommandReply = { readonly result: unknown } | { readonly error: string };

/** The commands of the REST service on a real Redis; replies keep their bytes and their integers. */
export interface CommandRunner {
  single(command: unknown): Promise<CommandReply>;
  pipeline(commands: readonly unknown[]): Promise<CommandReply[]>;
  /** One error when the transaction is discarded. */
  transaction(commands: readonly unknown[]): Promise<CommandReply[] | CommandReply>;
  /** Hands on what is published, until it is told to stop. */
  subscribe(topic: { channel: string; isPattern: boolean }, send: (frame: string) => void): Promise<() => void>;
  close(): void;
}

export function commandRunner(port: number): CommandRunner {
  const redis = connect(port);

  return {
    single: (command) => run(redis, command),

    async pipeline(commands) {
      return Promise.all(commands.map((command) => run(redis, command)));
    },

    async transaction(commands) {
      const dedicated = connect(port);
      try {
        await dedicated.call('MULTI');
        for (const command of commands) await run(dedicated, command);
        const replies: unknown = await dedicated.callBuffer('EXEC');
        return Array.isArray(replies) ? replies.map(replyOf) : { result: null };
      } catch (error) {
        return { error: textOf(error) };
      } finally {
        dedicated.disconnect();
      }
    },

    async subscribe({ channel, isPattern }, send) {
      const dedicated = connect(port);
      dedicated.on('message', (name, payload) => send(`message,${name},${payload}`));
      dedicated.on('pmessage', (pattern, name, payload) => send(`pmessage,${pattern},${name},${payload}`));
      const count = isPattern ? await dedicated.psubscribe(channel) : await dedicated.subscribe(channel);
      send(`${isPattern ? 'psubscribe' : 'subscribe'},${channel},${count}`);
      return () => dedicated.disconnect();
    },

    close: () => redis.disconnect(),
  };
}

function connect(port: number): Redis {
  const redis = new Redis(port, '127.0.0.1', {
    protocol: 2,
    stringNumbers: true,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => 50,
  });
  return redis.on('error', () => {});
}

async function run(redis: Redis, command: unknown): Promise<CommandReply> {
  if (!Array.isArray(command) || command.length === 0) return { error: 'ERR empty command' };
  const [name = '', ...args] = command.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part)));
  try {
    return replyOf(await redis.callBuffer(name, ...args.map(withoutShebang)));
  } catch (error) {
    return { error: textOf(error) };
  }
}

/** `@upstash/ratelimit` sends a flag that only the service knows. */
function withoutShebang(argument: string): string {
  return argument.replace(/^#!lua [^\n]*allow-key-locking[^\n]*\n/, '');
}

function replyOf(reply: unknown): CommandReply {
  return reply instanceof Error ? { error: reply.message } : { result: reply };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'ERR unknown';
}
