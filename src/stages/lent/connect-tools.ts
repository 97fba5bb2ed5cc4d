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
  const { abortSignal: signal, effects, stage, emit } = context;
  const limits = { signal, timeoutMs: connectTimeoutMs, effects };
  const connecting = Promise.resolve().then(source);
  try {
    const connected = await raced(connecting, limits);
    context.onRunEnd(() => connected.close());
    const tools = await raced(connected.tools(), limits);
    refuseUnlendable(tools);
    return tools;
  } catch (error) {
    closeLate(connecting);
    signal?.throwIfAborted();
    emit('tool-source-error', { stage, error });
    return {};
  }
}

/** A source that connects after it was given up must not stay open. */
function closeLate(connecting: Promise<ConnectedTools>): void {
  connecting.then((late) => late.close()).catch(() => {});
}
