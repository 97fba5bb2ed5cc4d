import type { RunPart, RunTelemetry } from '../telemetry/telemetry.ts';
import type { Run } from './run.ts';

/** Runs a part of a run inside its telemetry context. */
export function within<RESULT>({ telemetry }: Run, part: RunPart, code: () => Promise<RESULT>): Promise<RESULT> {
  return telemetry === undefined ? code() : traced(telemetry, part, code);
}

/** If telemetry fails, the trace is lost, not the answer. */
async function traced<RESULT>(telemetry: RunTelemetry, part: RunPart, code: () => Promise<RESULT>): Promise<RESULT> {
  let running: Promise<RESULT> | undefined;
  const once = () => {
    running ??= (async () => code())();
    running.catch(() => {}); // It is awaited below, which may be later.
    return running;
  };
  try {
    await telemetry.within(part, once);
  } catch {
    // If the part itself rejects, it does so again below.
  }
  return await once();
}
