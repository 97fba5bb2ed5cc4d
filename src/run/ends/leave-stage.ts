import { emit } from '../../context/emit.ts';
import type { Run } from '../../context/run.ts';
import type { HistoryEntry } from '../../trace/history.ts';
import type { StageEnd } from '../../trace/stage-end.ts';

/** Records and tells that a stage ended. */
export function leaveStage(run: Run, end: StageEnd, history: HistoryEntry[]): void {
  history.push(end);
  if (run.sinks.length === 0) return;
  const { type: _, ...event } = end;
  emit(run, 'stage-end', event);
}
