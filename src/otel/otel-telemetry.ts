import { InvalidArgumentError } from '@ai-sdk/provider';
import { type Meter, metrics, type Tracer, trace } from '@opentelemetry/api';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type Instruments, instrumentsOf } from './instruments.ts';
import { followRun } from './run-spans.ts';

/** Where spans and metrics go, and whether they hold content. */
export interface OtelOptions {
  /** @default the tracer `ai-staged-retry` of the global provider */
  readonly tracer?: Tracer;
  /** @default the meter `ai-staged-retry` of the global provider */
  readonly meter?: Meter;
  /** Records prompts, answers, tool inputs and outputs, and what checks and errors say in full. @default false */
  readonly recordContent?: boolean;
}

const scope = 'ai-staged-retry';

/**
 * Traces every run with OpenTelemetry, a span for each attempt, lent tool and model call of a check, and counts what runs
 * come to. What the tracer and the meter do with it is up to the SDK that the program sets up.
 *
 * @throws InvalidArgumentError for an option there is not, and for a tracer or meter that is none.
 * @example withStagedRetry(openai('gpt-5-mini'), { telemetry: otelTelemetry() })
 */
export function otelTelemetry(options: OtelOptions = {}): Telemetry {
  refuseBadOptions(options);
  const { tracer, meter, recordContent = false } = options;
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

function refuseBadOptions(options: OtelOptions): void {
  if (typeof options !== 'object' || options === null) throw invalid('it takes { tracer, meter, recordContent }.');
  const { tracer, meter, recordContent = false, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw invalid(`there is no option "${unknown}"; there are tracer, meter and recordContent.`);
  if (tracer !== undefined && typeof tracer?.startSpan !== 'function')
    throw invalid("tracer must be one of @opentelemetry/api, as trace.getTracer('app') gives it.");
  if (meter !== undefined && typeof meter?.createCounter !== 'function')
    throw invalid("meter must be one of @opentelemetry/api, as metrics.getMeter('app') gives it.");
  if (typeof recordContent !== 'boolean') throw invalid('recordContent must be true or false.');
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'telemetry', message: `otelTelemetry: ${message}` });
}
