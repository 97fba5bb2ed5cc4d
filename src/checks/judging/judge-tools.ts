import type { ToolSet } from 'ai';
import { raced } from '../../effects/waiting.ts';
import { legalTools } from '../../stages/lent/legal-tools.ts';
import {
  type ConnectedTools,
  listInputs,
  refuseNoConnection,
  refuseUnlendable,
  type ToolsInput,
} from '../../stages/lent/tool-source.ts';

export interface JudgeTools {
  readonly tools: ToolSet;
  close(): Promise<void>;
}

/** Connects the sources of a judge's tools for one judging. Rejects, with all closed, when one cannot connect. */
export async function connectJudgeTools(inputs: ToolsInput, signal: AbortSignal): Promise<JudgeTools> {
  const opened: ConnectedTools[] = [];
  const close = async () => void (await Promise.allSettled(opened.map(async (source) => source.close())));
  try {
    const sets = await Promise.all(
      listInputs(inputs).map(async (input) => {
        if (typeof input !== 'function') return input;
        const source = await raced(input({ abortSignal: signal }), { signal });
        refuseNoConnection(source);
        opened.push(source);
        const tools = await raced(source.tools(), { signal });
        refuseUnlendable(tools);
        return tools;
      }),
    );
    // Of two tools of one name the first counts.
    return { tools: await legalTools(Object.assign({}, ...sets.reverse())), close };
  } catch (error) {
    await close();
    throw error;
  }
}
