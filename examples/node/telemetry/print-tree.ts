import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** Prints the spans of a trace below each other, with their events, as an operator would look at them. */
export function printTree(spans: readonly ReadableSpan[], parent?: ReadableSpan, indent = ''): void {
  for (const span of spans.filter((each) => parentOf(each, spans) === parent).toSorted(byStart)) {
    console.log(`${indent}${span.name}${details(span.attributes)}`);
    for (const event of span.events) console.log(`${indent}  · ${event.name}${details(event.attributes ?? {})}`);
    printTree(spans, span, `${indent}  `);
  }
}

function parentOf({ parentSpanContext }: ReadableSpan, spans: readonly ReadableSpan[]): ReadableSpan | undefined {
  return spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId);
}

function byStart(left: ReadableSpan, right: ReadableSpan): number {
  return left.startTime[0] - right.startTime[0] || left.startTime[1] - right.startTime[1];
}

const shown = [
  'staged_retry.stage',
  'staged_retry.outcome',
  'staged_retry.attempts',
  'staged_retry.verdict',
  'staged_retry.reason',
  'staged_retry.usage.output_tokens',
  'gen_ai.evaluation.name',
  'gen_ai.evaluation.explanation',
];

function details(attributes: Readonly<Record<string, unknown>>): string {
  const values = shown.flatMap((name) =>
    attributes[name] === undefined ? [] : `${lastWord(name)}=${attributes[name]}`,
  );
  return values.length === 0 ? '' : `  ${values.join(' ')}`;
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
