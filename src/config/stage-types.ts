import { InvalidArgumentError } from '@ai-sdk/provider';
import { type ExponentialOptions, exponential } from '../policy/backoff.ts';
import type { CallOverrides } from '../stages/call-overrides.ts';
import { fallback } from '../stages/fallback.ts';
import { human } from '../stages/human.ts';
import { lendTools } from '../stages/lend-tools.ts';
import { repair } from '../stages/repair.ts';
import { retry } from '../stages/retry.ts';
import type { Stage } from '../stages/stage.ts';
import type { StageOptions } from '../stages/stage-options.ts';
import { issueKinds } from '../trace/issue.ts';
import type { EntryType } from './entry-type.ts';
import {
  anything,
  either,
  flag,
  listOf,
  members,
  number,
  type OptionsOf,
  oneOf,
  oneOrMore,
  required,
  text,
} from './option.ts';
import { inboxOf, modelOf, toolsOf } from './registry.ts';
import type { StageOptionsByType } from './stage-config.ts';

/** What every entry may say. */
export const anyStageOptions: OptionsOf<StageOptions> = {
  name: text('Unique on a ladder.'),
  handles: listOf(oneOf(issueKinds), 'The issue kinds the stage can do something about; it is passed over for others.'),
};

const attempts = required(number('How many answers the stage may see, a whole number.'));
const overrides: OptionsOf<CallOverrides> = {
  temperature: number(),
  maxOutputTokens: number(),
  reasoning: text('How much the model reasons, of ai@7.'),
  providerOptions: anything({ type: 'object' }, "Replaces the caller's provider options, one by one."),
};
const backoff = members<ExponentialOptions>({
  initialMs: number('Default: 500.'),
  factor: number('Default: 2.'),
  maxMs: number('Default: 30000.'),
  jitter: oneOf(['full', 'none']),
});

/** The built-in stages by their types. */
export const stageTypes: {
  readonly [TYPE in keyof StageOptionsByType]: EntryType<StageOptionsByType[TYPE] & StageOptions, Stage>;
} = {
  fallback: {
    description: 'Asks another model.',
    options: {
      ...anyStageOptions,
      model: required(text('The name of a model of the registry.')),
      attempts,
      ...overrides,
    },
    make: ({ model, ...options }, registry) => fallback({ ...options, model: modelOf(registry, model) }),
  },
  human: {
    description: 'Asks a person.',
    options: {
      ...anyStageOptions,
      inbox: required(text('The name of an inbox of the registry.')),
      attempts: number("How often the person's answer or advice may fail the checks. Default: 3."),
      wait: members<{ readonly timeoutMs: number; readonly pollMs?: number }>(
        { timeoutMs: required(number()), pollMs: number() },
        'Waits for a decision inside the run first.',
      ),
      whenPending: oneOf(['throw', 'respond'], 'What the caller gets while nobody has decided.'),
    },
    make: ({ inbox, ...options }, registry) => human({ ...options, inbox: inboxOf(registry, inbox) }),
  },
  lendTools: {
    description: 'Lends the model tools, and executes them inside the run.',
    options: {
      ...anyStageOptions,
      tools: required(oneOrMore(text(), 'Names of tools of the registry.')),
      attempts,
      maxSteps: number('Model calls an attempt may take. Default: 4.'),
      show: flag('Keeps the lent calls in the answer, for a chat to show.'),
      format: oneOf(['every', 'last'], 'Whether the response format goes with every call or with the last alone.'),
      timeout: number('How long a tool may take, in milliseconds. Default: 30000.'),
      maxResultBytes: number("The most of a tool's result that goes to the model."),
      ...overrides,
    },
    make: ({ tools, ...options }, registry) => lendTools({ ...options, tools: toolsOf(registry, tools) }),
  },
  repair: {
    description: 'Asks for only the failing places of a JSON answer.',
    options: {
      ...anyStageOptions,
      attempts,
      maxShare: number('The largest share of the answer that may be asked for again. Default: 0.5.'),
    },
    make: (options) => repair(options),
  },
  retry: {
    description: 'Asks again with feedback.',
    options: {
      ...anyStageOptions,
      attempts,
      delay: either(number(), backoff, 'The wait before each re-ask: milliseconds, or an exponential backoff.'),
      ...overrides,
    },
    make: ({ delay = 0, ...options }) =>
      retry({ ...options, delay: typeof delay === 'number' ? notNegative(delay) : exponential(delay) }),
  },
};

function notNegative(delay: number): number {
  if (delay >= 0) return delay;
  throw new InvalidArgumentError({
    argument: 'delay',
    message: `delay must be milliseconds of at least 0, not ${delay}.`,
  });
}
