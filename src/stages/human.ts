import { InvalidArgumentError } from '@ai-sdk/provider';
import { answerOfText } from '../answers/candidate.ts';
import { refuseItself } from '../errors/refuse-itself.ts';
import type { Describe } from '../escalation/actions/describing.ts';
import type { Inbox } from '../escalation/inbox.ts';
import type { Escalation } from '../trace/escalation.ts';
import type { Stage } from './stage.ts';
import { requireAttempts, requireOptions, type StageOptions } from './stage-options.ts';

/** The inbox where a person decides, and what they see there. */
export interface HumanOptions extends StageOptions {
  /** The result of `createInbox()`. */
  readonly inbox: Inbox;
  /** Returns the title, fields and priority that reviewers see in the list. @default no title */
  readonly describe?: Describe;
  /** How often the person's answer or advice may fail the checks before the run goes on or ends. @default 3 */
  readonly attempts?: number;
  /**
   * Waits for a decision before the run is suspended, in milliseconds. The caller's abort signal ends the wait.
   * @default no wait
   */
  readonly wait?: { readonly timeoutMs: number; readonly pollMs?: number };
  /**
   * What the caller gets while nobody has decided: `throw` for `EscalationPendingError`, `respond` for a text answer. A
   * call that wants JSON always gets the error.
   * @default 'throw'
   */
  readonly whenPending?: 'throw' | 'respond';
  /** Returns the text for `whenPending: 'respond'`. @default a sentence with the escalation's id */
  readonly response?: (escalation: Escalation) => string;
}

/** A stage that asks a person. */
export interface HumanStage extends Stage {
  readonly asksPerson: true;
  readonly inbox: Inbox;
  readonly describe: Describe | undefined;
  readonly wait: HumanOptions['wait'];
  readonly whenPending: 'throw' | 'respond';
  readonly response: (escalation: Escalation) => string;
}

const ownOptions = ['inbox', 'describe', 'wait', 'whenPending', 'response'];

/**
 * Files an escalation, then waits or suspends the run. The person's decision is judged like any other answer.
 *
 * @throws InvalidArgumentError without an inbox, or for an invalid `describe`, `wait` or `whenPending`.
 * @example stages: [retry({ attempts: 2 }), human({ inbox })]
 * @example human({ inbox, describe: ({ metadata, issues }) => ({ title: `Invoice ${metadata?.invoice}`, priority: issues.length }) })
 */
export function human(options: HumanOptions): HumanStage {
  refuseItself('inbox', options, 'human({ inbox })');
  requireOptions('human', options, ownOptions, '{ inbox }');
  const {
    name = 'human',
    inbox,
    describe,
    attempts = 3,
    handles,
    wait,
    whenPending = 'throw',
    response = defaultResponse,
  } = options;
  requireAttempts(name, attempts, 0);
  const invalid = (argument: string, message: string) => new InvalidArgumentError({ argument, message });
  if (typeof inbox?.file !== 'function') throw invalid('inbox', `The stage "${name}" needs an inbox of createInbox().`);
  if (describe !== undefined && typeof describe !== 'function') {
    throw invalid('describe', 'describe is a function that returns { title, fields?, priority? }.');
  }
  if (typeof response !== 'function') throw invalid('response', 'response is a function that returns a text.');
  if (whenPending !== 'throw' && whenPending !== 'respond')
    throw invalid('whenPending', 'whenPending is throw or respond.');
  const isMs = (ms: unknown) => typeof ms === 'number' && ms >= 0;
  if (wait !== undefined && !(isMs(wait?.timeoutMs) && (wait.pollMs === undefined || isMs(wait.pollMs)))) {
    throw invalid('wait', 'wait needs timeoutMs, and pollMs if given, in milliseconds.');
  }
  return {
    name,
    attempts,
    ...(handles === undefined ? {} : { handles }),
    asksPerson: true,
    inbox,
    describe,
    wait,
    whenPending,
    response,
    async propose(context) {
      const { decision, answer } = context.history.findLast((entry) => entry.type === 'decision') ?? {};
      switch (decision?.type) {
        case 'edit':
          return answerOfText(decision.text);
        case 'retry': {
          if (answer !== undefined) return answerOfText(answer);
          const prompt = context.promptWithFeedback({ advice: decision.advice });
          return context.call({ ...context.params, prompt });
        }
        default:
          return undefined;
      }
    },
  };
}

export function isHuman(stage: Stage | undefined): stage is HumanStage {
  return stage?.asksPerson === true;
}

function defaultResponse({ id }: Escalation): string {
  return `This needs a person's decision. It is being looked at (escalation ${id}); ask again later.`;
}
