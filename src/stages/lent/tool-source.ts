import type { InvalidArgumentError } from '@ai-sdk/provider';
import type { ToolSet } from 'ai';
import { wrongUse } from '../../errors/wrong-use.ts';

/**
 * A source of tools that is connected when it is needed and closed with the run, for example
 * `() => createMCPClient(…)`.
 */
export type ToolSource = ((options?: ToolSourceOptions) => PromiseLike<ConnectedTools>) & {
  /** What the source is called when it has to be named. @default its place in the list */
  readonly label?: string;
};

export interface ToolSourceOptions {
  /** Aborted when the run gives the source up before it has connected. */
  readonly abortSignal?: AbortSignal;
}

/** An open connection that provides tools, such as an MCP client. */
export interface ConnectedTools {
  tools(): PromiseLike<ToolSet>;
  close(): PromiseLike<void>;
}

/** Tools to lend: a tool set, a source, or a list of both. */
export type ToolsInput = ToolSet | ToolSource | readonly (ToolSet | ToolSource)[];

/**
 * The inputs that are tools at once, and no source of them.
 *
 * @throws InvalidArgumentError for a tool that cannot be executed inside a run.
 */
export function lendableOf(tools: ToolsInput): readonly ToolSet[] {
  const given = listInputs(tools).filter((input) => typeof input !== 'function');
  for (const input of given) refuseUnlendable(input);
  return given;
}

export function listInputs(tools: ToolsInput): readonly (ToolSet | ToolSource)[] {
  return Array.isArray(tools) ? tools : [tools as ToolSet | ToolSource]; // `isArray` does not narrow a readonly list
}

/** @throws InvalidArgumentError for a tool that cannot be executed inside a run. */
export function refuseUnlendable(tools: ToolSet): void {
  if (typeof tools !== 'object' || tools === null) throw invalid('tools must be tools by name, or a source of them.');
  const { then, close, tools: list } = tools as { then?: unknown; close?: unknown; tools?: unknown };
  if (typeof then === 'function')
    throw invalid(
      'tools cannot be lent as a promise: await it, or give a function that connects, () => createMCPClient({ … }).',
    );
  if (typeof close === 'function' && typeof list === 'function')
    throw invalid(
      'tools cannot be an open client, as the run closes what it lends: give a function that connects, tools: () => createMCPClient({ … }).',
    );
  if (typeof (tools as { inputSchema?: unknown }).inputSchema === 'object')
    throw invalid('A tool is lent by a name: tools: { lookUpVendor }.');
  if (Array.isArray(tools))
    throw invalid('A list of tools is inside another list: spread it, as in [...mcpServers(config)].');
  for (const [name, tool] of Object.entries(tools)) {
    const { type, execute, needsApproval, contextSchema, isProviderExecuted } = (tool ?? {}) as {
      type?: unknown;
      execute?: unknown;
      needsApproval?: unknown;
      contextSchema?: unknown;
      isProviderExecuted?: boolean;
    };
    if (type === 'provider' && isProviderExecuted !== false) continue;
    if (typeof execute !== 'function') throw invalid(`The tool "${name}" cannot be lent: it has no execute().`);
    if (needsApproval !== undefined && needsApproval !== false) {
      throw invalid(`The tool "${name}" cannot be lent: it needs approval, which nobody is there to give.`);
    }
    if (contextSchema !== undefined) throw invalid(`The tool "${name}" cannot be lent: it needs a context.`);
  }
}

/** @throws InvalidArgumentError for what a source gave that is no open connection. */
export function refuseNoConnection(given: ConnectedTools): void {
  const { tools, close } = (given ?? {}) as Partial<ConnectedTools>;
  if (typeof tools === 'function' && typeof close === 'function') return;
  throw invalid(
    'A source of tools must give a client with tools() and close(), as () => createMCPClient({ … }) does; tools themselves are lent without a function: tools: { lookUpVendor }.',
  );
}

export function invalid(message: string): InvalidArgumentError {
  return wrongUse('tools', message);
}
