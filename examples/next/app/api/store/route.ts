import { answerStoreCall } from '../../../lib/remote-store.ts';
import { store } from '../../../lib/store.ts';

/** The memory of this runtime for the edge runtime of the same machine, which alone knows the key. */
export async function POST(request: Request): Promise<Response> {
  const key = process.env.LOCAL_STORE_KEY;
  if (!key || request.headers.get('authorization') !== `Bearer ${key}`) return new Response(null, { status: 404 });
  return Response.json(await answerStoreCall(store, await request.json()));
}
