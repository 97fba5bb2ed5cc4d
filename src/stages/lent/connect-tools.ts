import type { ToolSet } from 'ai';
import { raced } from '../../effects/waiting.ts';
import type { StageContext } from '../stage.ts';
import { type ConnectedTools, listInputs, refuseUnlendable, type ToolSource, type ToolsInput } from './tool-source.ts';

/** How long a source may take to connect and list its tools, in milliseconds. */
const connectTimeoutMs = 30_000;

/**
 * All tools of a stage: the sources are connected in parallel and closed when the run ends. One that fails is reported
 * and left out; of two tools of one name the first counts.
 */
export async function connectTools(inputs: ToolsInput, context: StageContext): Promise<ToolSet> {
  const sets = await Promise.all(
    listInputs(inputs).map((input) => (typeof input === 'function' ? connect(input, context) : input)),
  );
  return Object.assign({}, ...sets.toReversed());
}

async function connect(source: ToolSource, context: StageContext): Promise<ToolSet> {
  const tools = await toolsOf(source, context);
  refuseUnlendable(tools);
  return tools;
}

async function toolsOf(source: ToolSource, context: StageContext): Promise<ToolSet> {
  try {
    const connected = await open(source, context);
    context.onRunEnd(() => connected.close());
    return await raced(connected.tools(), limitsOf(context));
  } catch (error) {
    context.abortSignal?.throwIfAborted();
    context.emit('tool-source-error', { stage: context.stage, error });
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
