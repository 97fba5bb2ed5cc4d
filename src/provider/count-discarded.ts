import type { Run } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import type { Assembler } from '../stream/assemble.ts';
import { estimateTokens } from '../trace/estimate-tokens.ts';

/** Counts what a stream wrote that is thrown away: as its finish reports it, else as an estimate, which it returns. */
export function countDiscarded(run: Run, assembled: Assembler): number {
  if (assembled.hasFinished()) {
    addRunUsage(run, assembled.result().usage);
    return 0;
  }
  const estimatedTokens = estimateTokens(assembled.characters());
  run.state.estimatedTokens += estimatedTokens;
  return estimatedTokens;
}
