import { inbox } from '../../../lib/inbox.ts';
import { signedIn, signOut } from '../../../lib/session.ts';

/** Who is signed in, and how many escalations there are of each state; a visitor is told nothing. */
export interface Session {
  readonly name?: string;
  readonly counts?: { readonly pending: number; readonly decided: number; readonly expired: number };
}

export async function GET(): Promise<Response> {
  const name = await signedIn();
  return Response.json(name === undefined ? {} : { name, counts: await counts() }, {
    headers: { 'cache-control': 'no-store' },
  });
}

export async function DELETE(): Promise<Response> {
  await signOut();
  return Response.json({});
}

async function counts(): Promise<Session['counts']> {
  const { pending, decided, expired } = await inbox.stats();
  return { pending, decided, expired };
}
