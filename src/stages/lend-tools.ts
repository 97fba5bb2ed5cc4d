import { refuseItself } from '../errors/refuse-itself.ts';
import { type CallOverrides, overrideNames, overridesOf, overriding } from './call-overrides.ts';
import { refuseCollision } from './lent/collision.ts';
import { invalid, lendableOf, listInputs, type ToolsInput } from './lent/tool-source.ts';
import type { Stage } from './stage.ts';
import { modelHandles, requireAttempts, requireOptions, type StageOptions } from './stage-options.ts';

/** The tools to lend, and how many answers the model may give with them. */
export interface LendToolsOptions extends StageOptions, CallOverrides {
  /** How many answers the stage may produce. */
  readonly attempts: number;
  /** Tools, sources of tools such as MCP clients, or a list of both. */
  readonly tools: ToolsInput;
  /** Model calls per attempt, at least 2. The last call is made without the lent tools. @default 4 */
  readonly maxSteps?: number;
  /** Keeps the tool calls in the answer as provider-executed dynamic parts, for a chat UI. @default false */
  readonly show?: boolean;
  /**
   * Whether the response format is sent with every call or only with the last one.
   * @default 'last' for providers that refuse it together with tools, else 'every'
   */
  readonly format?: 'every' | 'last';
  /** How long a tool may take, in milliseconds. A timeout goes to the model as a tool error. @default 30_000 */
  readonly timeout?: number;
  /**
   * The most of a tool's result that goes to the model, in bytes. A longer text is cut to its beginning and end.
   * @default 65_536 for text, 1_048_576 with files
   */
  readonly maxResultBytes?: number;
}

const ownOptions = ['tools', 'maxSteps', 'show', 'format', 'timeout', 'maxResultBytes'];

/**
 * Lends tools to the model and executes them inside the run. The caller sees none of it unless `show` is set.
 *
 * @throws InvalidArgumentError for a tool that cannot be lent: without `execute`, with `needsApproval`, or with a
 * context schema. If it comes from a source, it is left out and reported instead. A call with a tool of the same name
 * throws before its first model call.
 * @example stages: [retry({ attempts: 2 }), lendTools({ attempts: 2, tools: { lookUpVendor } })]
 * @example lendTools({ attempts: 2, tools: mcpServers(config, { only: ['vendors'] }) })
 */
export function lendTools(options: LendToolsOptions): Stage {
  refuseItself('client', options, 'lendTools({ attempts: 2, tools: () => createMCPClient({ … }) })');
  refuseItself('tools', options, 'lendTools({ attempts: 2, tools })');
  requireOptions('lendTools', options, [...ownOptions, ...overrideNames], '{ attempts: 2, tools }');
  const { name = 'tools', attempts, tools, maxSteps = 4, maxResultBytes = 1, handles = modelHandles } = options;
  requireAttempts(name, attempts);
  const overrides = overridesOf(name, options);
  if (!Number.isInteger(maxSteps) || maxSteps < 2) throw invalid(`The stage "${name}" needs maxSteps: at least 2.`);
  if (!(maxResultBytes > 0)) throw invalid(`The stage "${name}" needs maxResultBytes above 0.`);
  if (tools === undefined) throw invalid(`The stage "${name}" needs tools.`);
  const { show = false, format = 'last', timeout = 1 } = options;
  if (typeof show !== 'boolean') throw invalid(`show of the stage "${name}" must be true or false.`);
  if (format !== 'every' && format !== 'last') throw invalid(`format of the stage "${name}" must be every or last.`);
  if (!(typeof timeout === 'number' && timeout > 0)) throw invalid(`timeout of the stage "${name}" must be above 0.`);
  const given = lendableOf(tools);
  if (listInputs(tools).every((input) => typeof input !== 'function' && Object.keys(input).length === 0))
    throw invalid(`The stage "${name}" has no tool to lend and no source of tools: give one, or leave the stage out.`);
  return {
    name,
    attempts,
    handles,
    refuseCall(params) {
      for (const input of given) refuseCollision(input, params.tools);
    },
    async propose(given) {
      const { lend } = await import('./lent/lend.ts');
      return await lend(overriding(given, overrides), { ...options, maxSteps });
    },
  };
}
