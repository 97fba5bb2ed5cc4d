import { execFile } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueLines } from '../../examples/node/inbox/queue-view.ts';
import type { Escalation } from '../../src/index.ts';
import { describeWithRedis } from '../servers/describe-with-redis.ts';
import { type RedisServer, startRedis } from '../servers/redis-server.ts';

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs the terminal inbox as its reader does: `npm run inbox -- …`. */
async function inbox(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { REDIS_URL: _url, UPSTASH_REDIS_REST_URL: _restUrl, ...own } = process.env;
  const options = { env: { ...own, USER: 'ann', NO_COLOR: '1', ...env }, timeout: 30_000 };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['examples/node/inbox.ts', ...args],
      options,
    );
    return { stdout, stderr, code: 0 };
  } catch (error) {
    return error as Ended;
  }
}

describe('the terminal inbox, to practise with', () => {
  test('lists, and shows by the beginning of an id', async () => {
    const { stdout } = await inbox(['list']);
    const id = stdout.slice(0, 24);

    const shown = await inbox(['show', id.slice(0, 8)]);

    expect(stdout).toMatch(/^[\w-]{24} {2}\d{4}-.* practice {2}Invoice of Fisher & Sons Print/);
    expect(shown.stdout).toContain('What approve delivers');
  });

  test('decides, and sends the request again', async () => {
    const id = (await inbox(['list'])).stdout.slice(0, 24);

    const { stdout, code } = await inbox(['retry', id, 'A carton costs 128.50, so the total is 1,688.00.']);

    expect(stdout).toContain(`${id}: retry by ann.`);
    expect(stdout).toContain('"total":1688');
    expect(code).toBe(0);
  });

  test.each([
    [['show', 'nothing'], 'There is no escalation nothing.'],
    [['explode'], 'npm run inbox'],
    [['list', '--state', 'open'], 'npm run inbox'],
  ])('says what is wrong with %j', async (args, words) => {
    const { stderr, code } = await inbox(args);

    expect([code, stderr.includes(words)]).toEqual([1, true]);
  });
});

describeWithRedis('the terminal inbox on Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test('files in one process, decides in another, resumes in a third', { timeout: 60_000 }, async () => {
    const env = { REDIS_URL: redis.url };
    expect((await inbox(['list'], env)).stdout).toBe('Nothing here.\n');
    expect((await inbox(['practice'], env)).stdout).toBe('The practice escalation is pending.\n');
    const id = (await inbox(['list'], env)).stdout.slice(0, 24);

    expect((await inbox(['claim', id], env)).stdout).toBe('Done: ann holds it.\n');
    expect((await inbox(['claim', id], { ...env, USER: 'bob' })).stderr).toBe('Not done: pending, ann holds it.\n');
    const refused = `${id}: ann is on it. Add --take-over to decide in their place.\n`;
    expect((await inbox(['approve', id], { ...env, USER: 'bob' })).stderr).toBe(refused);
    expect((await inbox(['approve', id, '--attempt', '1'], env)).stdout).toBe(`${id}: approve by ann.\n`);
    expect(await inbox(['reject', id], env)).toMatchObject({
      code: 1,
      stderr: `${id} was decided before: approve by ann.\n`,
    });
    expect((await inbox(['practice'], env)).stdout).toContain('"unitPrice":118.5');
    expect((await inbox(['stats'], env)).stdout).toBe('0 pending; 1 decided, 0 expired\ndecided so far: 1 approve\n');
  });

  test('shows what a terminal would obey as characters', async () => {
    const client = createClient({ url: redis.url });
    await client.connect();
    const key = (await client.keys('sr:esc:*')).find((name) => !name.endsWith('~index')) ?? '';
    await client.set(key, ((await client.get(key)) ?? '').replaceAll('Fisher', '\\u001b[2JFisher'));
    client.destroy();

    const { stdout } = await inbox(['show', key.slice('sr:esc:'.length)], { REDIS_URL: redis.url });

    expect(stdout).toContain('�[2JFisher');
    expect(stdout).not.toContain('\u001b[2J');
  });
});

describe('the queue on a terminal', () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const one = (createdAt: number, title: string) =>
    ({ id: title, scope: 'acme', createdAt: at(createdAt), title, issues: [], proposal: '' }) as unknown as Escalation;

  test('fits the screen, with ages, titles and the selected one in view', () => {
    const escalations = Array.from({ length: 50 }, (_, index) => one(index * 60_000, `Invoice ${index}`));
    const view = { escalations, selected: 40, notice: '', columns: 80, rows: 24, now: 3_600_000 };
    const lines = queueLines(view).map(stripVTControlCharacters);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines).toContain('>  20m  acme          Invoice 40');
  });

  test('shows every key, however narrow the screen is', () => {
    for (const columns of [120, 80, 50, 24]) {
      const lines = queueLines({ escalations: [], selected: 0, notice: '', columns, rows: 24, now: 0 });
      const shown = lines.map(stripVTControlCharacters);
      expect(shown.every((line) => line.length <= columns)).toBe(true);
      for (const key of ['enter open', 's send back', 'r reject', 'q quit']) expect(shown.join('\n')).toContain(key);
    }
  });

  test('says what to do when nothing waits', () => {
    const lines = queueLines({ escalations: [], selected: 0, notice: '', columns: 80, rows: 24, now: 0 });
    expect(stripVTControlCharacters(lines[0] ?? '')).toBe('Nothing waits. New escalations show up here.');
  });
});
