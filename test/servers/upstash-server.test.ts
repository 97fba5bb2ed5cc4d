import { Redis } from '@upstash/redis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithRedis } from './describe-with-redis.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { startUpstash, type UpstashServer } from './upstash-server.ts';

const plain = { retry: { retries: 0 }, enableAutoPipelining: false };

describeWithRedis('the REST service in front of Redis', () => {
  let redis: RedisServer;
  let server: UpstashServer;
  beforeAll(async () => {
    redis = await startRedis();
    server = await startUpstash({ redisPort: redis.port });
  });
  beforeEach(async () => {
    await post('/', ['flushall']);
  });
  afterAll(async () => {
    await server.stop();
    await redis.stop();
  });

  async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json(), sync: response.headers.get('upstash-sync-token') };
  }

  it('answers a command, and an error with the status 400', async () => {
    expect(await post('/', ['set', 'a', 'é'])).toMatchObject({ status: 200, body: { result: 'OK' } });
    expect(await post('/', ['get', 'a'])).toMatchObject({ body: { result: 'é' } });
    expect(await post('/', ['get', 'none'])).toMatchObject({ body: { result: null } });
    expect(await post('/', ['incr', 'a'])).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/^ERR/) },
    });
    expect(await post('/', 'no json')).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });

  it('encodes every string but OK in base64, nested ones and statuses too', async () => {
    const base64 = { 'upstash-encoding': 'base64' };
    expect((await post('/', ['set', 'a', 'é'], base64)).body).toEqual({ result: 'OK' });
    expect((await post('/', ['ping'], base64)).body).toEqual({ result: 'UE9ORw==' });
    expect((await post('/', ['type', 'a'], base64)).body).toEqual({ result: btoa('string') });
    const nested = ['eval', "return {1, 'a', {'b', false}}", '0'];
    expect((await post('/', nested, base64)).body).toEqual({ result: [1, 'YQ==', ['Yg==', null]] });
    expect((await post('/', ['incr', 'a'], base64)).body.error).toMatch(/^ERR/);
  });

  it('keeps bytes that are no text', async () => {
    const base64 = { 'upstash-encoding': 'base64' };
    await post('/', ['setbit', 'a', '0', '1']);
    expect((await post('/', ['get', 'a'], base64)).body).toEqual({ result: 'gA==' });
  });

  it('gives integers past 2^53 as strings', async () => {
    await post('/', ['set', 'a', '9007199254740993']);
    expect((await post('/', ['incr', 'a'])).body).toEqual({ result: '9007199254740994' });
    expect((await post('/', ['strlen', 'a'])).body).toEqual({ result: 16 });
  });

  it('answers each item of a pipeline on its own', async () => {
    const { status, body } = await post('/pipeline', [
      ['set', 'a', 'x'],
      ['incr', 'a'],
      ['get', 'a'],
    ]);
    expect({ status, body }).toEqual({
      status: 200,
      body: [{ result: 'OK' }, { error: expect.stringMatching(/^ERR/) }, { result: 'x' }],
    });
    expect((await post('/pipeline', [])).status).toBe(400);
    expect((await post('/pipeline', { a: 1 })).status).toBe(400);
  });

  it('runs a transaction whole, or discards it with one error', async () => {
    const { body } = await post('/multi-exec', [
      ['set', 'a', 'x'],
      ['lpush', 'a', 'y'],
      ['get', 'a'],
    ]);
    expect(body).toEqual([{ result: 'OK' }, { error: expect.stringMatching(/^WRONGTYPE/) }, { result: 'x' }]);
    const discarded = await post('/multi-exec', [['set', 'b', 'x'], ['no such command']]);
    expect(discarded).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^EXECABORT/) } });
    expect((await post('/', ['exists', 'b'])).body).toEqual({ result: 0 });
  });

  it('asks for the token, and for POST', async () => {
    const url = server.url;
    expect(await (await fetch(url, { method: 'POST', body: '[]' })).json()).toEqual({ error: 'Unauthorized' });
    const wrong = await post('/', ['ping'], { authorization: 'Bearer wrong' });
    expect(wrong).toMatchObject({ status: 401, body: { error: expect.stringMatching(/^WRONGPASS/) } });
    expect((await fetch(url)).status).toBe(405);
  });

  it('refuses a body over 10 MB', async () => {
    const { status, body } = await post('/', ['set', 'a', 'x'.repeat(10 * 1024 * 1024)]);
    expect(status).toBe(400);
    expect(body.error).toMatch(/^ERR max request size exceeded\. Limit: 10485760 bytes, Actual: 104857\d\d bytes$/);
  });

  it('gives a sync token that changes', async () => {
    const [first, second] = [await post('/', ['ping']), await post('/', ['ping'])];
    expect(first.sync).toBeTruthy();
    expect(second.sync).not.toBe(first.sync);
  });

  it('takes the script flag that only the service knows', async () => {
    const script = '#!lua flags=allow-key-locking\nreturn 1';
    expect((await post('/', ['eval', script, '0'])).body).toEqual({ result: 1 });
  });

  it('publishes to subscribers, of patterns too', async () => {
    const client = new Redis({ url: server.url, token: server.token, ...plain });
    const messages: unknown[] = [];
    const subscriber = client.subscribe('news');
    const patterns = client.psubscribe('n*');
    subscriber.on('message', ({ message }) => messages.push(message));
    patterns.on('pmessage', ({ message }) => messages.push(message));
    await expect.poll(() => client.publish('news', { a: 1 })).toBe(2);
    await expect.poll(() => messages.length).toBe(2);
    expect(messages).toEqual([{ a: 1 }, { a: 1 }]);
    await subscriber.unsubscribe();
    await patterns.unsubscribe();
    await expect.poll(() => client.publish('news', 'x')).toBe(0);
  });

  it('counts and lists the requests', async () => {
    const { requestCount } = server;
    await post('/pipeline', [['ping'], ['ping']]);
    expect(server.requestCount).toBe(requestCount + 1);
    expect(server.requests.at(-1)).toMatchObject({ path: '/pipeline', body: [['ping'], ['ping']] });
  });
});
