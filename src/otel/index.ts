/**
 * Traces and metrics of runs. Needs `@opentelemetry/api`.
 *
 * @module ai-staged-retry/otel
 */

export type { RunPart, RunTelemetry, Telemetry, TracedRun } from '../telemetry/telemetry.ts';
export { type OtelOptions, otelTelemetry } from './otel-telemetry.ts';
