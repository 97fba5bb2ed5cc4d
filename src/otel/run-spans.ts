import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { StagedRetryEventName, StagedRetryEvents } from '../events.ts';
import type { RunPart, RunTelemetry, TracedRun } from '../telemetry/telemetry.ts';
import { rounded } from '../trace/price.ts';
import { addUsage, noUsage, type Usage } from '../trace/usage.ts';
import { countAttempt, countEvent, countRest } from './count-event.ts';
import type { Instruments } from './instruments.ts';
import { attemptAttributes, costAttributes, evaluations, fixEvents, usageAttributes, whyUnjudged } from './judged.ts';
import { endAttributes, runAttributes } from './run-attributes.ts';
import { errorType, spanEvent } from './span-event.ts';
import { causeOf, jsonOf, tellingOf } from './telling.ts';

export interface FollowOptions {
  readonly tracer: Tracer;
  readonly instruments: Instruments;
  readonly recordContent: boolean;
}

/** A span, and the context that what is called within it knows it by. */
interface OpenSpan {
  readonly span: Span;
  readonly context: Context;
}

/** The spans and counts of one run. */
export function followRun(run: TracedRun, { tracer, instruments, recordContent }: FollowOptions): RunTelemetry {
  const telling = tellingOf(recordContent);
  const caller = context.active();
  const calls = new Map<string, OpenSpan>();
  let whole: OpenSpan | undefined;
  let attempt: OpenSpan | undefined;
  let isJudged = false;
  let usage: Usage = noUsage;
  let checksUsage: Usage = noUsage;
  let discarded = 0;
  let usd = 0;
  /** What the calls of the attempt's checks cost, in USD. */
  let judgedFor = 0;

  function start(name: string, attributes: Attributes, parent: Context): OpenSpan {
    const span = tracer.startSpan(name, { attributes }, parent);
    return { span, context: trace.setSpan(parent, span) };
  }

  /** The context of what the run calls: guards and `satisfiesCaller` do so outside attempts. */
  function parentOfCalls(): Context {
    return (attempt ?? whole)?.context ?? caller;
  }

  function open(part: RunPart): OpenSpan {
    switch (part.type) {
      case 'run':
        whole = start('staged_retry.run', runAttributes(run, recordContent), caller);
        return whole;
      case 'attempt': {
        const attributes = { 'staged_retry.attempt': part.attempt, 'staged_retry.stage': part.stage };
        attempt = start('staged_retry.attempt', attributes, whole?.context ?? caller);
        isJudged = false;
        judgedFor = 0;
        return attempt;
      }
      case 'tool-call': {
        const attributes = {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': part.toolName,
          'gen_ai.tool.call.id': part.toolCallId,
        };
        const tool = start(`execute_tool ${part.toolName}`, attributes, parentOfCalls());
        calls.set(callKey(part), tool);
        return tool;
      }
      case 'check-call': {
        const { check, provider, model } = part;
        const attributes = {
          'gen_ai.evaluation.name': check,
          'staged_retry.provider': provider,
          'staged_retry.model': model,
        };
        // The SDK may have a span of its own around it.
        const active = context.active();
        const parent = trace.getSpan(active) === undefined ? parentOfCalls() : active;
        const call = start('staged_retry.check_call', attributes, parent);
        calls.set(callKey(part), call);
        return call;
      }
    }
  }

  function close(part: RunPart, { span }: OpenSpan, failure: Failure | undefined): void {
    const isAborted = failure !== undefined && run.abortSignal?.aborted === true;
    if (part.type === 'attempt') {
      if (!isJudged) span.setAttribute('staged_retry.verdict', isAborted ? 'aborted' : 'none');
      attempt = undefined;
    }
    if ('call' in part) calls.delete(callKey(part));
    // The run's own event says how it ended.
    if (failure !== undefined && !isAborted && part.type !== 'run') fail(span, failure);
    span.end();
  }

  function fail(span: Span, { error }: Failure): void {
    span.setAttribute('error.type', errorType(causeOf(error)));
    span.setStatus({ code: SpanStatusCode.ERROR, message: telling.error(error) });
  }

  const told: Told = {
    'attempt-end'(event) {
      const { attempt: made } = event;
      isJudged = true;
      usage = addUsage(usage, made.usage);
      discarded += made.estimatedTokens ?? 0;
      const ownUsd = Math.max(0, rounded((made.usd ?? 0) - judgedFor));
      usd += ownUsd;
      quietly(() => countAttempt(instruments, { ...made, usd: ownUsd }));
      attempt?.span.setAttributes(attemptAttributes(made, telling));
      const why = whyUnjudged(event, telling);
      if (why !== undefined) attempt?.span.setAttribute('error.type', 'unjudged');
      if (why !== undefined) attempt?.span.setStatus({ code: SpanStatusCode.ERROR, message: why });
      for (const found of evaluations(event, telling)) attempt?.span.addEvent('gen_ai.evaluation.result', found);
      for (const fix of fixEvents(event, telling)) attempt?.span.addEvent('staged_retry.fix', fix);
    },
    'attempt-failed'(event) {
      attempt?.span.setAttributes(costAttributes(event));
    },
    'tool-call'(call) {
      if (!recordContent) return;
      calls.get(callKey(call))?.span.setAttributes({
        'gen_ai.tool.call.arguments': jsonOf(call.input),
        'gen_ai.tool.call.result': 'output' in call ? jsonOf(call.output) : undefined,
      });
    },
    'check-call'(call) {
      const { usage: used = noUsage } = call;
      checksUsage = addUsage(checksUsage, used);
      usd += call.usd ?? 0;
      judgedFor += call.usd ?? 0;
      calls.get(callKey(call))?.span.setAttributes({
        ...usageAttributes(used),
        ...costAttributes(call),
      });
    },
    'run-end'(end) {
      const { usage: used = usage, checksUsage: usedByChecks = checksUsage } = end;
      whole?.span.setAttributes(endAttributes(end, used, usedByChecks));
      const spent = { usage: [used, usedByChecks], discarded: end.discardedTokens, usd: end.usd };
      quietly(() => countRest(instruments, spent, { usage: [usage, checksUsage], discarded, usd }));
      if (end.outcome === 'failed' && whole !== undefined) fail(whole.span, { error: end.error });
    },
  };

  return {
    emit(name, event) {
      // A meter that throws costs the count, and not the trace.
      quietly(() => countEvent(instruments, name, event));
      if (told[name] !== undefined) return told[name](event);
      const attributes = spanEvent(name, event, telling);
      if (attributes !== undefined) (attempt ?? whole)?.span.addEvent(eventName(name), attributes);
    },
    async within(part, code) {
      const opened = quietly(() => open(part));
      if (opened === undefined) return await code();
      let failure: Failure | undefined;
      try {
        return await context.with(opened.context, code);
      } catch (error) {
        failure = { error };
        throw error;
      } finally {
        quietly(() => close(part, opened, failure));
      }
    },
  };
}

interface Failure {
  readonly error: unknown;
}

type Told = { readonly [NAME in StagedRetryEventName]?: (event: StagedRetryEvents[NAME]) => void };

/** Names a call of a run: of a check that is named, or of a lent tool. */
function callKey({ check = '', attempt, call }: { check?: string; attempt: number; call: number }): string {
  return `${attempt} ${call} ${check}`;
}

function eventName(name: StagedRetryEventName): string {
  return `staged_retry.${name.replaceAll('-', '_')}`;
}

/** A tracer that throws costs the trace, and not the answer. */
function quietly<RESULT>(code: () => RESULT): RESULT | undefined {
  try {
    return code();
  } catch {
    return undefined;
  }
}
