import { context, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeEach } from 'vitest';
import { check } from '../../src/index.ts';
import { otelTelemetry } from '../../src/otel/index.ts';

export const prompt = 'Total?';

/** Has a new complaint about each attempt until it is right. */
export const right = check('right', ({ text }, { attempt }) => text === 'twelve' || `Say it better (${attempt}).`);

/** The OpenTelemetry SDK with everything in memory, registered globally for the tests of a file. */
export function tracing() {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 2 ** 30 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  trace.setGlobalTracerProvider(provider);
  metrics.setGlobalMeterProvider(meterProvider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());

  beforeEach(async () => {
    await reader.forceFlush();
    metricExporter.reset();
    exporter.reset();
  });
  afterAll(async () => {
    await Promise.all([provider.shutdown(), meterProvider.shutdown()]);
    trace.disable();
    metrics.disable();
    context.disable();
  });

  const spans = () => exporter.getFinishedSpans();
  return {
    telemetry: otelTelemetry(),
    spans,
    /** Lets what ends a moment after an answer end. */
    settled: () => new Promise((resolve) => setTimeout(resolve, 5)),
    manageContext: () => context.setGlobalContextManager(new AsyncLocalStorageContextManager()),
    tracer: provider.getTracer('test'),
    named: (name: string) => spans().filter((span) => span.name === name),
    tree: () => treeOf(spans()),
    /** Every number that was counted, by instrument and attributes. */
    async counted(): Promise<Record<string, unknown>> {
      await reader.forceFlush();
      const points = metricExporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .filter(({ scope }) => scope.name === 'ai-staged-retry')
        .flatMap((scoped) => scoped.metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [`${descriptor.name} ${listed(attributes)}`.trim(), summed(value)]),
        );
      return Object.fromEntries(points);
    },
  };
}

function listed(attributes: object): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name.replace(/^staged_retry\./, '')}=${value}`)
    .join(' ');
}

function summed(value: unknown): unknown {
  const { sum } = value as { sum?: number };
  return sum ?? value;
}

/** The names of spans as a tree, with their events in brackets. */
export function treeOf(spans: readonly ReadableSpan[]): string[] {
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const below = (parent: string | undefined, indent: string): string[] =>
    spans
      .filter((span) => (parent === undefined ? !known.has(parentOf(span)) : parentOf(span) === parent))
      .toSorted(byStart)
      .flatMap((span) => [`${indent}${titleOf(span)}`, ...below(span.spanContext().spanId, `${indent}  `)]);
  return below(undefined, '');
}

function parentOf(span: ReadableSpan): string {
  return span.parentSpanContext?.spanId ?? '';
}

function byStart(left: ReadableSpan, right: ReadableSpan): number {
  return left.startTime[0] - right.startTime[0] || left.startTime[1] - right.startTime[1];
}

function titleOf({ name, events }: ReadableSpan): string {
  return events.length === 0
    ? name
    : `${name} [${events.map((event) => event.name.replace('staged_retry.', '')).join(', ')}]`;
}

/** A span's events, by name. */
export function eventsOf(span: ReadableSpan | undefined): [string, object][] {
  return (span?.events ?? []).map(({ name, attributes = {} }) => [name, { ...attributes }]);
}

/** The spans whose status is an error, each with its type and message. */
export function errorsOf(spans: readonly ReadableSpan[]): [string, unknown, string | undefined][] {
  return spans
    .filter(({ status }) => status.code === SpanStatusCode.ERROR)
    .map(({ name, attributes, status }) => [name, attributes['error.type'], status.message]);
}
