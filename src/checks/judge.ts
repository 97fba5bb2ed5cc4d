import { InvalidArgumentError } from '@ai-sdk/provider';
import { type OptionNames, refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { excerpt } from '../feedback/excerpt.ts';
import type { Answer } from '../model/answer.ts';
import { promptText } from '../model/prompt-text.ts';
import { type ModelInput, resolveModelNow } from '../model/resolve-model.ts';
import { lendableOf, type ToolsInput } from '../stages/lent/tool-source.ts';
import { valueAt } from '../trace/json-pointer.ts';
import type { Pricing } from '../trace/price.ts';
import type { Check, CheckContext, FoundIssue } from './check.ts';
import type { Question } from './judging/ask-judge.ts';
import { countsWhatIsUsed, type JudgeBudget, judgePurse, refuseBadJudgeBudget } from './judging/judge-budget.ts';
import { isDecided, majorityIssues } from './judging/majority.ts';
import { type NamedRubric, type Rubric, rotated, rubricsOf } from './judging/rubrics.ts';
import type { JudgeIssue, JudgeVerdict } from './judging/verdict-schema.ts';

/** Which model judges by which rubric, how often, and at what cost. */
export interface JudgeOptions {
  /** The model that judges. A different model finds more than the one that answered. */
  readonly model: ModelInput;
  /** What makes an answer good, in words: one rubric, or several by name, judged in one call. */
  readonly rubric: Rubric;
  /** The check's name; unique on a model. @default 'judge' */
  readonly name?: string;
  /** What the judge can use to look things up: tools, MCP servers, or a list of both. */
  readonly tools?: ToolsInput;
  /** The most model calls for one verdict with tools. @default 4 */
  readonly maxSteps?: number;
  /** How many verdicts to request; the majority counts. @default 1 */
  readonly samples?: number;
  /** What the judge may spend in one run. @default only the run's own limits */
  readonly budget?: JudgeBudget;
  /** What the judge's model costs, in USD per million tokens. Required by `budget.usd`. */
  readonly price?: Pricing;
  /** The names of the checks that must pass first. @default [] */
  readonly after?: readonly string[];
  /** How long the judging of one answer may take, in milliseconds. @default 30_000 */
  readonly timeoutMs?: number;
}

const longestText = 400_000;

const optionNames: OptionNames<JudgeOptions> = {
  model: true,
  rubric: true,
  name: 'string',
  tools: true,
  maxSteps: 'number',
  samples: true,
  budget: true,
  price: true,
  after: 'list',
  timeoutMs: 'number',
};

/**
 * A second model judges the answer by rubrics. It runs only on answers whose structure is right. Use `after` to run
 * cheap checks first.
 *
 * @throws InvalidArgumentError without a model or a rubric, or for invalid `tools`, `samples`, `maxSteps`, `timeoutMs` or `budget`.
 * @example judge({ model: openai('gpt-5'), rubric: 'Every claim is supported by the document.', after: ['notEmpty'] })
 * @example judge({ model, rubric: { polite: 'It is polite.', complete: 'It answers every question.' }, samples: 3 })
 */
export function judge(options: JudgeOptions): Check {
  const {
    model,
    name = 'judge',
    tools,
    maxSteps = 4,
    samples = 1,
    budget = {},
    price,
    after,
    timeoutMs = 30_000,
  } = options ?? {};
  if (model === undefined || model === null)
    throw invalid('judge() needs a model that judges: judge({ model, rubric }).');
  if (typeof model !== 'string') resolveModelNow(model);
  refuseBadOptions('judge', options, optionNames);
  const rubrics = rubricsOf(options.rubric);
  if (!Number.isInteger(samples) || samples < 1 || samples % 2 === 0)
    throw invalid('samples must be an odd number: with an even one there may be no majority.');
  if (!Number.isInteger(maxSteps) || maxSteps < 1)
    throw invalid('maxSteps of judge() must be a whole number of at least 1.');
  if (!(timeoutMs > 0)) throw invalid('timeoutMs of judge() must be above 0.');
  refuseBadJudgeBudget(budget, price);
  if (tools !== undefined) lendableOf(tools);
  const purse = judgePurse(name, budget);
  return {
    name,
    ...(after === undefined ? {} : { after }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs }),
    async test(answer, context) {
      if (answer.text.length > longestText)
        return `Shorten the answer to at most ${longestText} characters; a longer one is not judged.`;
      const { params, abortSignal } = context;
      const { askJudge } = await import('./judging/ask-judge.ts');
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]);
      const asked = await context.metered(model);
      const { priceOf } = await import('../limits/quote.ts');
      const cost = price === undefined || budget.usd === undefined ? undefined : priceOf(price, namesOf(asked));
      const connected = tools === undefined ? undefined : await connect(tools, signal);
      try {
        const verdicts = await sampled({ rubrics, samples, oneByOne: countsWhatIsUsed(budget) }, async (ordered) =>
          askJudge({
            ...textsOf(answer, context),
            model: asked,
            rubrics: ordered,
            tools: connected?.tools,
            maxSteps,
            signal,
            open: () => purse.open(params),
            pay: (usage) => purse.pay(params, usage, cost),
          }),
        );
        return majorityIssues(verdicts, rubrics).map((issue) => toIssue(issue, answer));
      } finally {
        await connected?.close();
      }
    },
  };
}

function namesOf(model: Awaited<ReturnType<CheckContext['metered']>>) {
  return typeof model === 'string' ? { provider: '', model } : { provider: model.provider, model: model.modelId };
}

async function connect(tools: ToolsInput, signal: AbortSignal) {
  const { connectJudgeTools } = await import('./judging/judge-tools.ts');
  return await connectJudgeTools(tools, signal);
}

/** As many verdicts as decide; those that surely are needed at once, where the budget lets them. */
async function sampled(
  { rubrics, samples, oneByOne }: { rubrics: readonly NamedRubric[]; samples: number; oneByOne: boolean },
  ask: (ordered: readonly NamedRubric[]) => Promise<JudgeVerdict>,
): Promise<JudgeVerdict[]> {
  const atOnce = oneByOne ? 1 : Math.floor(samples / 2) + 1;
  const asking = Array.from({ length: atOnce }, (_, index) => ask(rotated(rubrics, index)));
  const verdicts = await Promise.all(asking);
  while (verdicts.length < samples && !isDecided(verdicts, rubrics, samples)) {
    verdicts.push(await ask(rotated(rubrics, verdicts.length)));
  }
  return verdicts;
}

/** A guard judges the request, before there is an answer. */
function textsOf(
  { text }: Answer,
  { params, attempt }: CheckContext,
): Pick<Question, 'subject' | 'request' | 'answer'> {
  if (attempt === 0) return { subject: 'request', request: '', answer: text };
  return { subject: 'answer', request: excerpt(promptText(params.prompt), longestText), answer: text };
}

/** A place that the answer does not have would lead nowhere. */
function toIssue({ message, path = [], rubric }: JudgeIssue, { value }: Answer): FoundIssue {
  const keys = path.map(toKey);
  const leadsNowhere = typeof value === 'object' && value !== null && valueAt(value, keys.slice(0, -1)) === undefined;
  const place = leadsNowhere ? [] : keys;
  return {
    message: message.trim() === '' ? `Satisfy the rubric${rubric === undefined ? '' : ` "${rubric}"`}.` : message,
    path: place,
  };
}

function toKey(segment: string | number): string | number {
  return typeof segment === 'string' && /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : segment;
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'judge', message });
}
