import { readRunAsItStands } from '../../../../lib/run-log.ts';
import { forTheTeam } from '../../../../lib/session.ts';

export async function GET(_: Request, { params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return forTheTeam(() => readRunAsItStands(id));
}
