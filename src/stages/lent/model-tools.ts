import type { ToolSet } from 'ai';
import type { ModelTool } from '../../model/language-model.ts';

/** Tools as a model takes them. */
export async function toModelTools(tools: ToolSet): Promise<ModelTool[]> {
  const { asSchema } = await import('ai');
  return await Promise.all(
    Object.entries(tools).map(async ([name, tool]): Promise<ModelTool> => {
      if (tool.type === 'provider') return { type: 'provider', name, id: tool.id, args: tool.args };
      const { description, inputExamples, providerOptions, strict } = tool as {
        description?: string | ((options: { context: object }) => string);
        inputExamples?: unknown;
        providerOptions?: NonNullable<ModelTool & { type: 'function' }>['providerOptions'];
        strict?: boolean;
      };
      return {
        type: 'function',
        name,
        inputSchema: await asSchema(tool.inputSchema).jsonSchema,
        ...(description === undefined
          ? {}
          : { description: typeof description === 'string' ? description : description({ context: {} }) }),
        ...(inputExamples === undefined ? {} : { inputExamples }),
        ...(providerOptions === undefined ? {} : { providerOptions }),
        ...(strict === undefined ? {} : { strict }),
      };
    }),
  );
}
