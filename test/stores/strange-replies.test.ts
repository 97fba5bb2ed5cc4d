import { expect, it } from 'vitest';
import { upstashStore } from '../../src/stores/upstash.ts';
import { errorOf } from '../fixtures.ts';

/** A store whose client returns what Redis does not. */
const storeThatReplies = (reply: unknown) => upstashStore({ get: async () => reply, eval: async () => reply });

it.each([null, 'OK', 2, {}, ['x'], []])('a reply that Redis did not give is told, not believed: %j', async (reply) => {
  const store = storeThatReplies(reply);
  const said = { message: expect.stringContaining('the client returned a reply that Redis did not give') };
  expect(await errorOf(store.set('key', 'value'))).toMatchObject(said);
  expect(await errorOf(store.now?.() ?? Promise.resolve())).toMatchObject(said);
});

it('a page leaves out members that no store of this package wrote', async () => {
  const page = await storeThatReplies(['=ours', '1', 'theirs', '2', null, '3']).index('index').page({ limit: 3 });
  expect(page.members).toEqual(['ours']);
});
