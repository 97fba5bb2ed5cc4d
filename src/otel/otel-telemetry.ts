import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Meter, metrics, type Tracer, trace } from '@opentelemetry/api';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import { refuseItself } from '../errors/refuse-itself.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Instruments, instrumentsOf } from './instruments.ts';
import { followRun } from './run-spans.ts';

/** Where spans and metrics go, and whether they contain content. */
export interface OtelOptions {
  /** Creates the spans. @default the tracer `ai-staged-retry` of the global provider */
  readonly tracer?: Tracer;
  /** Creates the metrics. @default the meter `ai-staged-retry` of the global provider */
  readonly meter?: Meter;
  /** Records prompts, answers, tool inputs and outputs, and the full messages of checks and errors. @default false */
  readonly recordContent?: boolean;
}

const scope = 'ai-staged-retry';

/**
 * Traces and measures every run with OpenTelemetry, with a span for each attempt, lent tool and model call of a check.
 * Nothing is recorded without an OpenTelemetry SDK in the program.
 *
 * @throws InvalidArgumentError for an unknown option, or for an invalid tracer or meter.
 * @example withStagedRetry(openai('gpt-5-mini'), { telemetry: otelTelemetry() })
 */
export function otelTelemetry(options: OtelOptions = {}): Telemetry {
  refuseItself('tracer', options, 'otelTelemetry({ tracer })');
  refuseItself('meter', options, 'otelTelemetry({ meter })');
  refuseBadOptions('otelTelemetry', options, { tracer: true, meter: true, recordContent: 'boolean' });
  const { tracer, meter, recordContent = false } = options;
  refuseNoTracer(options);
  const instruments = meter === undefined ? globalInstruments() : fixed(instrumentsOf(meter));
  return {
    startRun: (run) =>
      followRun(run, { tracer: tracer ?? trace.getTracer(scope), instruments: instruments(), recordContent }),
  };
}

function fixed(instruments: Instruments): () => Instruments {
  return () => instruments;
}

/** A program may set up its meter provider after it wraps its models. */
function globalInstruments(): () => Instruments {
  let made: { readonly provider: unknown; readonly instruments: Instruments } | undefined;
  return () => {
    const provider = metrics.getMeterProvider();
    if (made?.provider !== provider) made = { provider, instruments: instrumentsOf(provider.getMeter(scope)) };
    return made.instruments;
  };
}

function refuseNoTracer({ tracer, meter }: OtelOptions): void {
  if (tracer !== undefined && typeof tracer?.startSpan !== 'function')
    throw invalid("tracer must be one of @opentelemetry/api, as trace.getTracer('app') gives it.");
  if (meter !== undefined && typeof meter?.createCounter !== 'function')
    throw invalid("meter must be one of @opentelemetry/api, as metrics.getMeter('app') gives it.");
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'telemetry', message: `otelTelemetry: ${message}` });
}
