import type { InvalidArgumentError } from '@ai-sdk/provider';
import type { ToolSet } from 'ai';
import { wrongUse } from '../../errors/wrong-use.ts';
import type { ModelTool } from '../../model/language-model.ts';

/** @throws InvalidArgumentError for a tool of the name of one of the caller's. */
export function refuseCollision(tools: ToolSet, own: readonly ModelTool[] = []): void {
  const name = Object.keys(tools).find((lent) => own.some((tool) => tool.name === lent));
  if (name !== undefined) throw collision(name);
}

export function collision(name: string): InvalidArgumentError {
  const message = `The tool "${name}" is the caller's own and cannot be lent beside it; rename one of them.`;
  return wrongUse('tools', message);
}
