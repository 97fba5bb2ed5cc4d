import { createNoopMeter, type Span, type SpanOptions, type Tracer, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { otelTelemetry } from '../../src/otel/index.ts';
import { play } from '../faults/simulation/play.ts';
import '../faults/simulation/loaded-before.ts';

const runs = Number(process.env.SIMULATION_RUNS ?? 10_000);
const firstSeed = Number(process.env.SIMULATION_SEED ?? 1);

interface Followed {
  readonly name: string;
  readonly parent: Followed | undefined;
  ends: number;
  /** What was told of it after its end, and whether its parent ended before it. */
  late: string[];
}

/** A tracer that takes down how its spans begin and end. */
function countingTracer() {
  const spans: Followed[] = [];
  const known = new WeakMap<Span, Followed>();
  const startSpan = (name: string, _: SpanOptions, context: Parameters<Tracer['startSpan']>[2]) => {
    const above = context === undefined ? undefined : trace.getSpan(context);
    const followed: Followed = { name, parent: above && known.get(above), ends: 0, late: [] };
    if ((followed.parent?.ends ?? 0) > 0) followed.late.push('began after its parent ended');
    spans.push(followed);
    const told = (what: string) => () => {
      if (followed.ends > 0) followed.late.push(what);
      return span;
    };
    const span = {
      setAttribute: told('attribute'),
      setAttributes: told('attributes'),
      addEvent: told('event'),
      setStatus: told('status'),
      end() {
        followed.ends += 1;
        if ((followed.parent?.ends ?? 0) > 0) followed.late.push('ended after its parent');
      },
    } as unknown as Span;
    known.set(span, followed);
    return span;
  };
  return { spans, tracer: { startSpan } as unknown as Tracer };
}

const spansOf = {
  run: ['execute_tool lookUp', 'staged_retry.attempt', 'staged_retry.check_call', 'staged_retry.run'],
  observe: ['staged_retry.attempt', 'staged_retry.check_call', 'staged_retry.run'],
} as const;

test.each(['run', 'observe'] as const)(
  `in ${runs} runs of mode '%s' every span ends once, after those below it, whatever fails or is cancelled`,
  async (mode) => {
    const names = new Map<string, number>();
    const outcomes = new Set<string>();
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      const { spans, tracer } = countingTracer();
      const { calls } = await play(seed, { telemetry: otelTelemetry({ tracer, meter: createNoopMeter() }), mode });
      for (const call of calls) outcomes.add(call.outcome.type);
      const wrong = spans.filter(({ ends, late }) => ends !== 1 || late.length > 0);
      if (wrong.length > 0) {
        const told = wrong.map(({ name, ends, late }) => `${name} ended ${ends} times (${late.join(', ')})`);
        expect.fail(`SIMULATION_SEED=${seed}: ${told.join('; ')}`);
      }
      for (const { name } of spans) names.set(name, (names.get(name) ?? 0) + 1);
    }
    expect([...outcomes].sort()).toEqual(['answer', 'cancelled', 'error']);
    expect([...names.keys()].sort()).toEqual(spansOf[mode]);
    expect(names.get('staged_retry.run')).toBeGreaterThanOrEqual(runs);
  },
  240_000,
);
