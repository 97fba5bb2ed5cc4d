import { InvalidArgumentError } from 'ai';
import { z } from 'zod';
import { listRuns } from '../../../lib/run-log.ts';
import { standings } from '../../../lib/run-standing.ts';
import { forTheTeam } from '../../../lib/session.ts';

const Query = z.object({ standing: z.enum(standings).optional(), cursor: z.string().max(500).optional() });

/** A cursor that is none leads nowhere; what else fails is an error. */
function nothingBehind(error: unknown): undefined {
  if (!InvalidArgumentError.isInstance(error)) throw error;
}

/** A page of runs: `?standing=` one of four, `?cursor=` of the page before. */
export function GET(request: Request): Promise<Response> {
  return forTheTeam(async () => {
    const { success, data } = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    return success ? await listRuns({ limit: 25, ...data }).catch(nothingBehind) : undefined;
  });
}
