import type { Tool, ToolSet } from 'ai';
import { lentToolsOf } from './lent-tool.ts';
import { resultLimit, toOutput } from './tool-output.ts';

/** The tools, for the SDK to execute, as they would be lent: under names, and with results, that every provider takes. */
export async function legalTools(tools: ToolSet): Promise<ToolSet> {
  const { asSchema, jsonSchema } = await import('ai');
  const refused: unknown[] = [];
  const lent = await lentToolsOf(tools, { onError: (error) => refused.push(error) });
  if (refused.length > 0) throw refused[0];
  const legal: Record<string, Tool> = {};
  for (const [name, { tool, modelTool, restore }] of lent) {
    if (modelTool.type === 'provider') {
      legal[name] = tool;
      continue;
    }
    const validate = async (input: unknown) => {
      const value = restore(input);
      return (await asSchema(tool.inputSchema).validate?.(value)) ?? { success: true as const, value };
    };
    const limit = resultLimit(undefined);
    legal[name] = {
      ...tool,
      ...described(modelTool),
      inputSchema: jsonSchema(modelTool.inputSchema as object, { validate }),
      toModelOutput: (result: Parameters<typeof toOutput>[1]) => toOutput(tool, result, limit),
    } as Tool; // the same tool, with another schema
  }
  return legal;
}

function described({ description }: { readonly description?: string }): object {
  return description === undefined ? {} : { description };
}
