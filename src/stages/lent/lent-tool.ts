import type { InvalidArgumentError } from '@ai-sdk/provider';
import type { Tool, ToolSet } from 'ai';
import { wrongUse } from '../../errors/wrong-use.ts';
import { legalToolName } from '../../feedback/tool-name.ts';
import type { ModelTool, ProviderMetadata } from '../../model/language-model.ts';
import { wellFormed, wellFormedJson } from '../../trace/well-formed.ts';
import { collision } from './collision.ts';
import { legalInput } from './legal-input.ts';

/** A tool as it is lent: under a name and member names that every provider takes. */
export interface LentTool {
  /** The name its owner gave it. */
  readonly ownName: string;
  readonly tool: Tool;
  readonly modelTool: ModelTool;
  /** The input a model gave, under the tool's own member names. */
  restore(input: unknown): unknown;
}

/** By the names the model is told. */
export type LentTools = ReadonlyMap<string, LentTool>;

interface LentBeside {
  /** The caller's own tools. */
  readonly own?: readonly ModelTool[] | undefined;
  /** The most tools the provider takes, the caller's among them. @default any number */
  readonly maxTools?: number | undefined;
  /** Told of tools that cannot be lent, by their own names. They are left out. */
  readonly onError: (error: unknown, names: readonly string[]) => void;
}

export async function lentToolsOf(
  tools: ToolSet,
  { own = [], maxTools = Number.POSITIVE_INFINITY, onError }: LentBeside,
): Promise<LentTools> {
  const { asSchema } = await import('ai');
  const lent = new Map<string, LentTool>();
  const leftOut: string[] = [];
  for (const [ownName, given] of Object.entries(tools)) {
    const tool = given as Tool; // as the SDK's own set has them
    if (own.some(({ name }) => name === ownName)) {
      onError(collision(ownName), [ownName]);
      continue;
    }
    if (own.length + lent.size >= maxTools) {
      leftOut.push(ownName);
      continue;
    }
    const isTaken = (name: string) =>
      lent.has(name) || own.some((other) => other.name === name) || (name !== ownName && Object.hasOwn(tools, name));
    const name = legalToolName(ownName, isTaken);
    if (tool.type === 'provider') {
      const modelTool = { type: 'provider', name, id: tool.id, args: tool.args } as const;
      lent.set(name, { ownName, tool, modelTool, restore: (input) => input });
      continue;
    }
    try {
      const { schema, restore } = legalInput(await asSchema(tool.inputSchema).jsonSchema);
      const modelTool = { type: 'function', name, inputSchema: schema, ...descriptionOf(tool) } as const;
      lent.set(name, { ownName, tool, modelTool, restore });
    } catch (error) {
      onError(unreadable(ownName, error), [ownName]);
    }
  }
  if (leftOut.length > 0) onError(tooMany(leftOut, maxTools), leftOut);
  return lent;
}

function tooMany([first, ...others]: readonly string[], maxTools: number): InvalidArgumentError {
  const names = others.length === 0 ? `"${first}" is` : `"${first}" and ${others.length} more are`;
  const message = `The provider takes at most ${maxTools} tools in a request: ${names} not lent. Lend fewer: mcpServers(config, { only: […] }) names the servers.`;
  return wrongUse('tools', message);
}

function unreadable(name: string, cause: unknown): InvalidArgumentError {
  const message = `The tool "${name}" is not lent, since its input schema or its description cannot be read; see the cause.`;
  return wrongUse('tools', message, cause);
}

function descriptionOf(tool: Tool): object {
  const { description, inputExamples, providerOptions, strict } = tool as {
    description?: string | ((options: { context: object }) => string);
    inputExamples?: unknown;
    providerOptions?: ProviderMetadata;
    strict?: boolean;
  };
  return {
    ...(description === undefined
      ? {}
      : { description: wellFormed(typeof description === 'string' ? description : description({ context: {} })) }),
    ...(inputExamples === undefined ? {} : { inputExamples: wellFormedJson(inputExamples) }),
    ...(providerOptions === undefined ? {} : { providerOptions }),
    ...(strict === undefined ? {} : { strict }),
  };
}
