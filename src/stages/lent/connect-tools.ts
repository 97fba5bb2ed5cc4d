import type { ToolSet } from 'ai';
import { raced } from '../../effects/waiting.ts';
import type { StageContext } from '../stage.ts';
import {
  type ConnectedTools,
  invalid,
  listInputs,
  refuseNoConnection,
  refuseUnlendable,
  type ToolSource,
  type ToolsInput,
} from './tool-source.ts';

/** How long a source may take to connect and list its tools, in milliseconds. */
const connectTimeoutMs = 30_000;

/** Tools by name, and the label of what lends each. */
export interface ConnectedSet {
  readonly tools: ToolSet;
  readonly owners: ReadonlyMap<string, string>;
}

/**
 * All tools of a stage: the sources are connected in parallel and closed when the run ends. One that fails is reported
 * and left out, and so is a tool that cannot be lent; of two tools of one name the first counts, and that is reported.
 */
export async function connectTools(inputs: ToolsInput, context: StageContext): Promise<ConnectedSet> {
  const sets = await Promise.all(
    listInputs(inputs).map(async (input, index) => {
      const label = labelOf(input, index);
      return { label, set: typeof input === 'function' ? await connect(input, label, context) : input };
    }),
  );
  return merged(sets, context);
}

function merged(
  sets: readonly { readonly label: string; readonly set: ToolSet }[],
  context: StageContext,
): ConnectedSet {
  const tools: ToolSet = {};
  const owners = new Map<string, string>();
  for (const { label, set } of sets) {
    for (const [name, tool] of Object.entries(set)) {
      const owner = owners.get(name);
      if (owner === undefined) {
        owners.set(name, label);
        tools[name] = tool;
      } else {
        tell(context, label, repeatedName(name, owner, label));
      }
    }
  }
  return { tools, owners };
}

function labelOf(input: ToolSet | ToolSource, index: number): string {
  return (typeof input === 'function' ? input.label : undefined) ?? `the ${ordinal(index + 1)} of the stage's tools`;
}

function ordinal(number: number): string {
  return ['first', 'second', 'third'][number - 1] ?? `${number}th`;
}

function tell({ stage, emit }: StageContext, source: string, error: unknown): void {
  emit('tool-source-error', { stage, source, error });
}

function repeatedName(name: string, first: string, second: string): Error {
  return invalid(
    `The tool "${name}" is lent by ${first} and by ${second}; only the first is used. Rename one: mcpServers(config, { prefix: true }) puts the server's name before its tools' names.`,
  );
}

async function connect(source: ToolSource, label: string, context: StageContext): Promise<ToolSet> {
  const lendable: ToolSet = {};
  for (const [name, tool] of Object.entries(await toolsOf(source, label, context))) {
    try {
      refuseUnlendable({ [name]: tool });
      lendable[name] = tool;
    } catch (error) {
      tell(context, label, error);
    }
  }
  return lendable;
}

async function toolsOf(source: ToolSource, label: string, context: StageContext): Promise<ToolSet> {
  try {
    const connected = await open(source, context);
    refuseNoConnection(connected);
    context.onRunEnd(() => connected.close());
    return await raced(connected.tools(), limitsOf(context));
  } catch (error) {
    context.abortSignal?.throwIfAborted();
    tell(context, label, error);
    return {};
  }
}

async function open(source: ToolSource, context: StageContext): Promise<ConnectedTools> {
  const controller = new AbortController();
  const connecting = Promise.resolve().then(() => source({ abortSignal: controller.signal }));
  try {
    return await raced(connecting, limitsOf(context));
  } catch (error) {
    controller.abort(error);
    // A source that connects after it was given up must not stay open.
    connecting.then((late) => late.close()).catch(() => {});
    throw error;
  }
}

function limitsOf({ abortSignal, effects }: StageContext) {
  return { signal: abortSignal, timeoutMs: connectTimeoutMs, effects };
}
