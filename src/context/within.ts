import type { RunPart } from '../telemetry/telemetry.ts';
import type { Run } from './run.ts';

/** Runs a part of a run inside its telemetry context. */
export function within<RESULT>({ telemetry }: Run, part: RunPart, code: () => Promise<RESULT>): Promise<RESULT> {
  return telemetry === undefined ? code() : telemetry.within(part, code);
}
