/** What telemetry costs: off, on, and what of that are the tracer and the meter themselves. */
import { context, type Meter, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { NoopSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { withStagedRetry } from '../src/index.ts';
import type { LanguageModel } from '../src/model/language-model.ts';
import { otelTelemetry } from '../src/otel/index.ts';
import { instantModel, request, rightAnswer, wrongAnswer } from './fixtures.ts';
import { compare, median } from './measure.ts';

context.setGlobalContextManager(new AsyncLocalStorageContextManager());
const tracer = new TracerProvider({ spanProcessors: [new NoopSpanProcessor()] }).getTracer('bench');
const meter = new MeterProvider().getMeter('bench');

const paragraph = 'Invoice INV-2026-004711 of Acme Tools and Supplies Ltd., Germany: six items at 41.50 each. ';
const longRequest = {
  ...request,
  prompt: [{ role: 'user', content: [{ type: 'text', text: paragraph.repeat(20) }] }],
} as typeof request;

for (const [title, answers, asked] of [
  ['the first answer passes', [rightAnswer], request],
  ['the first answer fails, the second passes', [wrongAnswer, rightAnswer], request],
  ['the same with a prompt of 1,800 characters', [wrongAnswer, rightAnswer], longRequest],
] as const) {
  const off = withStagedRetry(instantModel(answers));
  const on = withStagedRetry(instantModel(answers), { telemetry: otelTelemetry({ tracer, meter }) });
  const own = await recorded(answers, asked);
  const turns = await compare(title, [
    { title: 'telemetry off', run: () => off.doGenerate(asked) },
    { title: 'off, and the same calls of tracer and meter', run: () => withCalls(own, off, asked) },
    { title: 'telemetry on', run: () => on.doGenerate(asked) },
  ]);
  const beyond = median(turns.map(([, byHand = 0, whole = 0]) => (whole - byHand) / answers.length));
  console.log(`beyond the tracer's own cost: ${beyond.toFixed(1)} µs an attempt (target 15)`);
}

/** A call of a span or an instrument, made of nothing but what telemetry said. */
type Call = (made: unknown[]) => void;

/** What telemetry asks of the tracer and the meter in one run. */
async function recorded(answers: readonly string[], asked: typeof request): Promise<readonly Call[]> {
  const calls: Call[] = [];
  let isRecording = false;
  const recording = <TARGET extends object>(target: TARGET, index: number): TARGET =>
    new Proxy(target, {
      get(_, name) {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        return (...given: unknown[]) => {
          const result: unknown = method.apply(target, given);
          if (isRecording)
            calls.push((made) => (made[index] as Record<PropertyKey, (...args: unknown[]) => void>)[name]?.(...given));
          return result === target ? recording(target, index) : result;
        };
      },
    });
  let count = 0;
  const recordingTracer = {
    startSpan(...given: Parameters<Tracer['startSpan']>) {
      const index = count;
      count += 1;
      if (isRecording)
        calls.push((made) => {
          made[index] = tracer.startSpan(...given);
          context.with(trace.setSpan(context.active(), made[index] as never), () => {});
        });
      return recording(tracer.startSpan(...given), index);
    },
  } as unknown as Tracer;
  const instruments: object[] = [];
  const recordingMeter = new Proxy(meter, {
    get: (_, name) => (instrument: string, options: object) => {
      const made =
        (meter as unknown as Record<PropertyKey, (...args: unknown[]) => object>)[name]?.(instrument, options) ?? {};
      instruments.push(made);
      return recording(made, -instruments.length);
    },
  }) as Meter;
  const telemetry = otelTelemetry({ tracer: recordingTracer, meter: recordingMeter });
  isRecording = true;
  await withStagedRetry(instantModel(answers), { telemetry }).doGenerate(asked);
  const given: Call = (made) => {
    for (const [index, instrument] of instruments.entries()) made[-index - 1] = instrument;
  };
  return [given, ...calls];
}

async function withCalls(calls: readonly Call[], model: Pick<LanguageModel, 'doGenerate'>, asked: typeof request) {
  const made: unknown[] = [];
  for (const call of calls) call(made);
  await model.doGenerate(asked);
}
