import type { CheckContext } from '../checks/check.ts';
import { isIntermediate, judgeAnswer } from '../checks/judge-answer.ts';
import { type RejectedAnswer, rejectionMessages } from '../feedback/messages.ts';
import type { CallOptions, Prompt, ToolCall } from '../model/language-model.ts';
import { modelKey } from '../model/language-model.ts';
import { decide, type Move } from '../policy/decide.ts';
import { plainCall } from '../policy/rung.ts';
import type { FeedbackOptions, ModelAnswer, Stage, StageContext } from '../stages/stage.ts';
import { partialValue } from '../stream/live/partial-value.ts';
import type { Answer } from '../trace/answer.ts';
import type { Attempt, History, HistoryEntry, ProviderFailure } from '../trace/history.ts';
import type { Verdict } from '../trace/issue.ts';
import { noUsage } from '../trace/usage.ts';
import { callModel, ProviderCallFailed } from './call-model.ts';
import { answerOfText, type Candidate, toCandidate } from './candidate.ts';
import { describeFailure } from './provider-failure.ts';
import { budgetReached, emit, type Run } from './run.ts';
import { releasedIssue, watchAnswer } from './watch-answer.ts';

/** Makes one attempt and judges it; what comes of it goes into the history. */
export async function attempt(run: Run, stage: Stage | undefined, history: History): Promise<HistoryEntry> {
  const name = stage?.name ?? plainCall;
  const number = countAttempts(history) + 1;
  const startedAt = run.settings.effects.now();
  const usageBefore = run.state.usage;
  run.state.calledModel = run.model.modelId;
  emit(run, 'attempt-start', { attempt: number, stage: name });
  try {
    const context = stageContext(run, name, history, number);
    const isPlain = number === 1 && (stage === undefined || stage.isPlainCall === true);
    const proposal = isPlain ? await context.call(run.params) : await stage?.propose(context);
    if (proposal === undefined) return { type: 'skipped-stage', stage: name };
    const judged = await candidateOf(run, proposal);
    const aborted = 'aborted' in proposal ? (proposal as ModelAnswer).aborted : undefined;
    const candidate = aborted === undefined ? judged : withPartialValue(judged);
    const verdict: Verdict =
      aborted === undefined
        ? await judge(run, candidate, { history, number, stage: name })
        : { type: 'fail', issues: aborted.issues };
    run.candidates.set(number, candidate);
    const entry: Attempt = {
      type: 'attempt',
      number,
      stage: name,
      model: candidate.result.response?.modelId ?? run.state.calledModel,
      text: candidate.answer.text,
      verdict,
      usage: run.state.usage === usageBefore ? noUsage : candidate.result.usage,
      ...(aborted === undefined ? {} : { estimatedTokens: aborted.estimatedTokens }),
      startedAt: new Date(startedAt).toISOString(),
      durationMs: run.settings.effects.now() - startedAt,
    };
    emit(run, 'attempt-end', { attempt: entry });
    return entry;
  } catch (error) {
    if (!(error instanceof ProviderCallFailed)) throw error;
    return providerFailure(run, name, error);
  }
}

/** Feedback on an aborted answer can still show what was received. */
function withPartialValue(candidate: Candidate): Candidate {
  const { text, content, finishReason } = candidate.answer;
  return { ...candidate, answer: { text, content, finishReason, value: partialValue(text) } };
}

function countAttempts(history: History): number {
  return history.filter(({ type }) => type === 'attempt').length;
}

function stageContext(run: Run, stage: string, history: History, attempt: number): StageContext {
  const { params, model, abortSignal, settings } = run;
  return {
    runId: run.id,
    stage,
    params,
    history,
    attempt,
    rejected: rejectedAnswer(run, history),
    model,
    abortSignal,
    effects: settings.effects,
    promptWithFeedback: (options = {}) => promptWithFeedback(run, history, { stage, attempt }, options),
    call: (callParams, { model: other = model } = {}) =>
      callModel({
        run,
        model: other,
        params: callParams,
        watch: () => watchAnswer(run, callParams, () => isAskedAgain(run, { history, number: attempt, stage })),
      }),
    emit: (name, event) => emit(run, name, event),
    once<VALUE>(create: () => VALUE): VALUE {
      if (!run.shared.has(stage)) run.shared.set(stage, create());
      return run.shared.get(stage) as VALUE; // what this stage's first attempt put there
    },
    onRunEnd: (release) => {
      run.releases.push(release);
    },
  };
}

/** The answer the next one has to do better than: the latest that failed. */
function rejectedAnswer(run: Run, history: History): RejectedAnswer | undefined {
  const last = history.findLast((entry) => entry.type === 'attempt');
  if (last === undefined) return undefined;
  const candidate = run.candidates.get(last.number);
  return {
    content: candidate?.answer.content ?? [{ type: 'text', text: last.text }],
    text: last.text,
    issues: last.verdict.type === 'fail' ? last.verdict.issues : [],
  };
}

function promptWithFeedback(
  run: Run,
  history: History,
  { stage, attempt: number }: { stage: string; attempt: number },
  { tools = [], advice, otherModel = false }: FeedbackOptions,
): Prompt {
  const { params, settings } = run;
  const rejected = rejectedAnswer(run, history);
  const answer = run.candidates.get(countAttempts(history))?.answer ?? answerOfText(rejected?.text ?? '');
  const nonce = settings.effects.createId().slice(0, 8);
  const write = (issues: RejectedAnswer['issues'], toolCall?: ToolCall) =>
    settings.feedback({
      answer,
      issues,
      attempt: number,
      stage,
      tools,
      ...(advice === undefined ? {} : { advice }),
      ...(toolCall === undefined ? {} : { toolCall }),
      schema: toolCall === undefined ? formatSchema(params) : inputSchema(params, toolCall),
      ...(run.live === undefined ? {} : { released: run.live.text.released }),
      nonce,
    });
  if (rejected !== undefined) return [...params.prompt, ...rejectionMessages(rejected, write, { otherModel })];
  if (advice === undefined && tools.length === 0) return params.prompt;
  return [...params.prompt, { role: 'user', content: [{ type: 'text', text: write([]) }] }];
}

function formatSchema({ responseFormat }: CallOptions): unknown {
  return responseFormat?.type === 'json' ? responseFormat.schema : undefined;
}

function inputSchema({ tools = [] }: CallOptions, { toolName }: ToolCall): unknown {
  const tool = tools.find(({ name }) => name === toolName);
  return tool?.type === 'function' ? tool.inputSchema : undefined;
}

function candidateOf(run: Run, proposal: Answer): Promise<Candidate> {
  const { plan, params, settings } = run;
  const needsJson =
    (plan.structure.length > 0 || params.responseFormat?.type === 'json') && !isIntermediate(proposal.content);
  return toCandidate(proposal, { needsJson, fix: settings.fix });
}

interface Place {
  readonly history: History;
  readonly number: number;
  readonly stage: string;
}

async function judge(run: Run, candidate: Candidate, place: Place): Promise<Verdict> {
  const { history, number } = place;
  const { plan, params, settings, abortSignal } = run;
  const context: CheckContext = {
    params,
    history,
    attempt: number,
    get isLastAttempt() {
      return isLastAttempt(run, place);
    },
    ...(abortSignal === undefined ? {} : { abortSignal }),
  };
  const { answer, isJson } = candidate;
  const { whenCheckCrashes, effects } = settings;
  const verdict = await judgeAnswer({ plan, answer, isJson, context, whenCheckCrashes, effects });
  const disagreement = verdict.type === 'pass' ? run.live?.text.disagreement(answer.text) : undefined;
  return disagreement === undefined ? verdict : { type: 'fail', issues: [releasedIssue(disagreement)] };
}

/** Whether the run would give up if this attempt failed. */
function isLastAttempt(run: Run, place: Place): boolean {
  return moveAfterFailure(run, place).type === 'give-up';
}

/** Whether a model would be asked again if this attempt failed. */
function isAskedAgain(run: Run, place: Place): boolean {
  return moveAfterFailure(run, place).type === 'attempt';
}

function moveAfterFailure(run: Run, { history, number, stage }: Place): Move {
  const { ladder, convergence } = run.settings;
  const failed: Attempt = {
    type: 'attempt',
    number,
    stage,
    model: modelKey(run.model),
    text: '',
    verdict: { type: 'fail', issues: [{ message: '', path: [], check: `${number}`, kind: 'content' }] },
    usage: noUsage,
    startedAt: '',
    durationMs: 0,
  };
  const imagined = [...history, failed];
  return decide({ ladder, history: imagined, reachedLimit: budgetReached(run, imagined), convergence });
}

function providerFailure(run: Run, stage: string, { failure, cause }: ProviderCallFailed): ProviderFailure {
  const { statusCode, retryAfterMs, type } = failure;
  run.state.lastError = cause;
  return {
    type: 'provider-failure',
    stage,
    model: run.state.calledModel,
    message: describeFailure(cause, statusCode),
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(type === 'fatal' ? { endsRun: true } : {}),
    at: new Date(run.settings.effects.now()).toISOString(),
  };
}
