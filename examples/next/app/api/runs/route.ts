import { latestRuns } from '../../../lib/run-log.ts';
import { signedIn } from '../../../lib/session.ts';

export async function GET(): Promise<Response> {
  if ((await signedIn()) === undefined) return Response.json({ error: 'Sign in first.' }, { status: 403 });
  return Response.json(await latestRuns(30), { headers: { 'cache-control': 'no-store' } });
}
