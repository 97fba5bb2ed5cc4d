import { runTotals } from '../../../../lib/run-totals.ts';
import { forTheTeam } from '../../../../lib/session.ts';

export function GET(): Promise<Response> {
  return forTheTeam(runTotals);
}
