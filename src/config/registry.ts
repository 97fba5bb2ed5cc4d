import { InvalidArgumentError } from '@ai-sdk/provider';
import type { FlexibleSchema } from 'ai';
import type { Check } from '../checks/check.ts';
import type { Inbox } from '../escalation/inbox.ts';
import type { ModelInput } from '../model/resolve-model.ts';
import { listInputs, type ToolsInput } from '../stages/lent/tool-source.ts';
import type { Stage } from '../stages/stage.ts';
import { nearestName } from '../trace/nearest-name.ts';

/** The options of an entry of a type of your own, without `type` and the options that every entry takes. */
export type EntryOptions = Readonly<Record<string, unknown>>;

/**
 * What a configuration can only name: code, models, tools and inboxes. `CHECK` and `STAGE` are the types of your own.
 */
export interface ConfigRegistry<CHECK extends string = string, STAGE extends string = string> {
  /**
   * Checks of your own by type: a check, or a function that creates one from the entry's options. A type here takes
   * precedence over a built-in one.
   */
  readonly checks?: Readonly<Record<CHECK, Check | ((options: EntryOptions) => Check)>>;
  /** Stages of your own by type: a stage, or a function that creates one from the entry's options. */
  readonly stages?: Readonly<Record<STAGE, Stage | ((options: EntryOptions) => Stage)>>;
  /** Models by name, or a function that finds them: `(name) => providers.languageModel(name)`. */
  readonly models?: Readonly<Record<string, ModelInput>> | ((name: string) => ModelInput);
  /** Tools, and sources of tools such as MCP servers, by name. */
  readonly tools?: Readonly<Record<string, ToolsInput>>;
  readonly inboxes?: Readonly<Record<string, Inbox>>;
  readonly schemas?: Readonly<Record<string, FlexibleSchema>>;
}

export function modelOf({ models }: ConfigRegistry, name: string): ModelInput {
  if (typeof models === 'function') return models(name);
  return registered('models', models, name);
}

export function toolsOf({ tools }: ConfigRegistry, names: string | readonly string[]): ToolsInput {
  const list = typeof names === 'string' ? [names] : names;
  return list.flatMap((name) => listInputs(registered('tools', tools, name)));
}

export function inboxOf({ inboxes }: ConfigRegistry, name: string): Inbox {
  return registered('inboxes', inboxes, name);
}

export function schemaOf({ schemas }: ConfigRegistry, name: string): FlexibleSchema {
  return registered('schemas', schemas, name);
}

function registered<VALUE>(
  kind: keyof ConfigRegistry,
  values: Readonly<Record<string, VALUE>> | undefined,
  name: string,
): VALUE {
  const known = Object.keys(values ?? {});
  const value = known.includes(name) ? values?.[name] : undefined;
  if (value !== undefined) return value;
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const all = known.length === 0 ? `It has none: { registry: { ${kind}: { … } } }.` : `There are ${known.join(', ')}.`;
  throw new InvalidArgumentError({
    argument: 'registry',
    message: `There is no "${name}" among the ${kind} of the registry.${hint} ${all}`,
  });
}
