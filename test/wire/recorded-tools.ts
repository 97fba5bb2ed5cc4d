import { openai } from '@ai-sdk/openai';
import { jsonSchema, type ToolSet, tool } from 'ai';
import { objectsWithin, type Recording } from './recordings.ts';

/** The tools a caller must have given to get this recording: functions by their names, provider tools by their items. */
export function toolsOf(recording: Recording): ToolSet {
  const objects = objectsWithin(recording);
  const names = objects.flatMap((object) => {
    if (object.type === 'function_call') return [String(object.name)];
    return typeof object.arguments === 'string' && typeof object.name === 'string' && object.type === undefined
      ? [object.name]
      : [];
  });
  const types = new Set(objects.map(({ type }) => type));
  const functions = [...new Set(names)].filter(Boolean).map((name) => [name, anyInput]);
  const provided = Object.entries(providerTools).filter(([, { items }]) => items.some((item) => types.has(item)));
  return Object.fromEntries([...functions, ...provided.map(([name, { tool }]) => [name, tool])]);
}

const anyInput = tool({ inputSchema: jsonSchema({ type: 'object' }) });

const providerTools = {
  apply_patch: { items: ['apply_patch_call'], tool: openai.tools.applyPatch({}) },
  code_interpreter: { items: ['code_interpreter_call'], tool: openai.tools.codeInterpreter() },
  file_search: { items: ['file_search_call'], tool: openai.tools.fileSearch({ vectorStoreIds: ['vs_replayed'] }) },
  image_generation: { items: ['image_generation_call'], tool: openai.tools.imageGeneration() },
  local_shell: { items: ['local_shell_call'], tool: openai.tools.localShell({}) },
  mcp: {
    items: ['mcp_call', 'mcp_list_tools', 'mcp_approval_request'],
    tool: openai.tools.mcp({ serverLabel: 'replayed', serverUrl: 'https://mcp.example.com' }),
  },
  shell: { items: ['shell_call'], tool: openai.tools.shell({}) },
  tool_search: { items: ['tool_search_call'], tool: openai.tools.toolSearch({}) },
  web_search: { items: ['web_search_call'], tool: openai.tools.webSearch() },
};
