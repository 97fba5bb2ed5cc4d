/**
 * Tools of MCP servers for `lendTools`. Needs `@ai-sdk/mcp`.
 *
 * @module ai-staged-retry/mcp
 */

import { InvalidArgumentError } from '@ai-sdk/provider';
import { PackageMissingError } from '../errors/package-missing-error.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { ConnectedTools, ToolSource } from '../stages/lent/tool-source.ts';

/** The usual configuration object of MCP clients. */
export interface McpServersConfig {
  readonly mcpServers: Readonly<Record<string, McpServerConfig>>;
}

/** How to reach one MCP server. */
export type McpServerConfig = StdioServerConfig | RemoteServerConfig;

/** A server that is started as a child process and used over its standard input and output. */
export interface StdioServerConfig {
  /** The program to start. */
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A server behind a URL. */
export interface RemoteServerConfig {
  /** The server's address. */
  readonly url: string;
  /** The transport: `streamable-http` is the same as `http`. @default 'http' */
  readonly type?: 'http' | 'sse' | 'streamable-http';
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Which servers to use, and how their tools are named. */
export interface McpServersOptions {
  /** The names of the servers to use; all others are ignored. */
  readonly only?: readonly string[];
  /** Puts the server's name and `_` before the names of its tools. @default false */
  readonly prefix?: boolean;
}

/**
 * Creates tool sources from MCP servers, for `lendTools`. Each one connects when its stage is reached and closes when
 * the run ends. Needs `@ai-sdk/mcp`.
 *
 * @throws InvalidArgumentError for a server with neither a command nor a URL, and for an unknown name in `only`.
 * @example lendTools({ attempts: 2, tools: mcpServers(JSON.parse(config), { only: ['perplexity-ask'] }) })
 */
export function mcpServers(config: McpServersConfig, options: McpServersOptions = {}): ToolSource[] {
  refuseBadOptions('mcpServers', options, { only: 'list', prefix: 'boolean' });
  const { only, prefix = false } = options;
  const { mcpServers: servers } = (config ?? {}) as Partial<McpServersConfig>;
  if (typeof servers !== 'object' || servers === null)
    throw invalid('mcpServers() needs { mcpServers: { <name>: { command } or { url } } }.');
  const unknown = only?.find((name) => !Object.hasOwn(servers, name));
  if (unknown !== undefined)
    throw invalid(`There is no server "${unknown}" in mcpServers: there are ${Object.keys(servers).join(', ')}.`);
  return Object.entries(servers)
    .filter(([name]) => only === undefined || only.includes(name))
    .map(([name, server]) => toSource(name, server, prefix));
}

function toSource(name: string, server: McpServerConfig, hasPrefix: boolean): ToolSource {
  if (!isStdio(server) && typeof server?.url !== 'string')
    throw invalid(`The server "${name}" needs a command or a url.`);
  const connect: ToolSource = async ({ abortSignal } = {}) => {
    const { createMCPClient } = await loaded(() => import('@ai-sdk/mcp'));
    const transport = isStdio(server) ? await stdioTransport(server) : remoteTransport(server);
    const client = await createMCPClient({
      transport,
      ...(abortSignal === undefined ? {} : { initializationOptions: { signal: abortSignal } }),
    });
    return hasPrefix ? withPrefix(client, `${name}_`) : client;
  };
  return Object.assign(connect, { label: `the MCP server "${name}"` });
}

function withPrefix(client: ConnectedTools, prefix: string): ConnectedTools {
  return {
    tools: async () => {
      const tools = await client.tools();
      return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [prefix + name, tool]));
    },
    close: () => client.close(),
  };
}

function isStdio(server: McpServerConfig): server is StdioServerConfig {
  return typeof (server as Partial<StdioServerConfig> | null)?.command === 'string';
}

async function stdioTransport({ command, args, env, cwd }: StdioServerConfig) {
  const { Experimental_StdioMCPTransport } = await loaded(() => import('@ai-sdk/mcp/mcp-stdio'));
  return new Experimental_StdioMCPTransport({
    command,
    ...(args === undefined ? {} : { args: [...args] }),
    ...(env === undefined ? {} : { env: { ...env } }),
    ...(cwd === undefined ? {} : { cwd }),
    stderr: 'ignore',
  });
}

/** The import stands where it is called, for bundlers to see. */
async function loaded<MODULE>(load: () => Promise<MODULE>): Promise<MODULE> {
  try {
    return await load();
  } catch (cause) {
    throw new PackageMissingError({ package: '@ai-sdk/mcp', cause });
  }
}

function remoteTransport({ url, type = 'http', headers }: RemoteServerConfig) {
  return {
    type: type === 'sse' ? ('sse' as const) : ('http' as const),
    url,
    ...(headers === undefined ? {} : { headers: { ...headers } }),
  };
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'mcpServers', message });
}
