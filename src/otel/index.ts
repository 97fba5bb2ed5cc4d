export type { RunPart, RunTelemetry, Telemetry, TracedRun } from '../telemetry/telemetry.ts';
export { type OtelOptions, otelTelemetry } from './otel-telemetry.ts';
