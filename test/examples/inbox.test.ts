import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { promisify, stripVTControlCharacters } from 'node:util';
import { generateText } from 'ai';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cutTo, widthOf } from '../../examples/node/inbox/columns.ts';
import { runCommand } from '../../examples/node/inbox/commands.ts';
import { escalationText } from '../../examples/node/inbox/escalation-text.ts';
import { findEscalation } from '../../examples/node/inbox/find-escalation.ts';
import { type QueueView, queueLines } from '../../examples/node/inbox/queue-view.ts';
import { check, createInbox, type Escalation, human, memoryStore, withStagedRetry } from '../../src/index.ts';
import { says } from '../fixtures.ts';
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

    expect(stdout).toMatch(/^[\w-]{24} {3,4}\d+s {2}practice {6}Invoice of Fisher & Sons Print/);
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

/** `script` gives a program a terminal of its own. */
const hasScript = spawnSync('script', ['--version']).status === 0;

describe.skipIf(!hasScript)('in a real terminal', () => {
  test('a key that is pressed while the queue is read is kept', async () => {
    const command = `stty cols 80 rows 24; ${process.execPath} test/examples/programs/slow-queue.ts`;
    const terminal = spawn('script', ['-qec', command, '/dev/null'], { env: { ...process.env, NO_COLOR: '1' } });
    let shown = '';
    terminal.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    const sees = (words: string | RegExp) => expect.poll(() => shown, { timeout: 20_000 }).toMatch(words);
    await sees('3 escalations wait');

    shown = '';
    terminal.stdin.write('u');
    await sees('It reads.');
    terminal.stdin.write('j');
    await sees(/Refreshed\.[\s\S]*\n {2}.*\r?\n> /);
    terminal.stdin.write('q');

    expect((await once(terminal, 'exit'))[0]).toBe(0);
  });
});

describe('on a terminal', () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const one = (createdAt: number, title: string) =>
    ({ id: title, scope: 'acme', createdAt: at(createdAt), title, issues: [], proposal: '' }) as unknown as Escalation;
  const screen = { columns: 80, rows: 24, selected: 0, notice: '', now: 3_600_000 };
  const shown = (view: Partial<QueueView>) => {
    const { escalations = [], total = escalations.length, ...rest } = view;
    return queueLines({ ...screen, ...rest, escalations, total }).map(stripVTControlCharacters);
  };

  test.each([
    ['names', (index: number) => `Invoice ${index}`],
    ['long names', (index: number) => `${index} ${'an invoice '.repeat(20)}`],
    ['names in Japanese', (index: number) => `${index} ${'請求書カタカナ'.repeat(10)}`],
    ['names in emoji', (index: number) => `${index} ${'👩‍👩‍👧‍👦🇩🇪1️⃣é'.repeat(20)}`],
  ])('the queue fits every screen, with ages, %s and the selected one in view', (_, titleOf) => {
    const escalations = Array.from({ length: 50 }, (_, index) => one(index * 60_000, titleOf(index)));
    for (const columns of [120, 80, 24]) {
      for (const rows of [40, 24, 6]) {
        const notice = 'Somebody with a long name is on it. Decide in their place? y: yes, any other key: no.';
        const lines = shown({ escalations, selected: 40, columns, rows, notice });
        // One row is left for the cursor.
        expect(lines.length).toBeLessThan(rows);
        expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
        if (rows >= 24) expect(lines.some((line) => /^> {2}20m {2}acme/.test(line))).toBe(true);
        if (rows >= 24) expect(lines.join(' ')).toMatch(/any other +key: no/);
      }
    }
  });

  test('the queue says how many wait, with those that are not read yet', () => {
    expect(shown({ escalations: [one(0, 'A')], total: 250 })[0]).toBe('250 escalations wait.');
  });

  test('the queue says who is on it, however long the name of it is', () => {
    const claimed = { by: 'Ann', until: at(7_200_000) };
    const escalations = [{ ...one(0, 'An invoice '.repeat(20)), claimed }];
    expect(shown({ escalations })[1]).toMatch(/^> {3}1h {2}acme {10}\[Ann\] An invoice .*…$/);
  });

  test('the queue shows every key, however narrow the screen is', () => {
    for (const columns of [120, 80, 50, 24]) {
      const lines = shown({ columns });
      expect(lines.every((line) => line.length <= columns)).toBe(true);
      for (const key of ['enter open', 's send back', 'r reject', 'q quit']) expect(lines.join('\n')).toContain(key);
    }
  });

  test('the queue says what to do when nothing waits', () => {
    expect(shown({})[0]).toBe('Nothing waits. New escalations show up here.');
  });

  test.each([
    ['abc', 2, 'a…'],
    ['abc', 3, 'abc'],
    ['請求書', 6, '請求書'],
    ['請求書', 5, '請求…'],
    ['請求書', 4, '請…'],
    ['ｶﾀｶﾅ', 4, 'ｶﾀｶﾅ'],
    ['👩‍👩‍👧‍👦x', 3, '👩‍👩‍👧‍👦x'],
    ['👩‍👩‍👧‍👦x', 2, '…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦x', 4, '👩‍👩‍👧‍👦…'],
    ['e\u0301e', 2, 'e\u0301e'],
    ['ab', 0, ''],
  ])('%s cut to %d columns is %s', (text, columns, cut) => {
    expect([cutTo(text, columns), widthOf(cut) <= columns]).toEqual([cut, true]);
  });

  test('an escalation is shown with its notes, what was decided before and what came of it', () => {
    const escalation = {
      ...one(0, 'Invoice 1'),
      stage: 'team',
      state: 'decided',
      expiresAt: at(7_200_000),
      prompt: 'Read this',
      attempts: [
        {
          number: 1,
          stage: 'first',
          text: 'A',
          verdict: { type: 'fail', issues: [{ path: [], message: 'no '.repeat(60) }] },
        },
      ],
      notes: [{ by: 'Bob', at: at(60_000), text: `The price is on page 2.\nAsk Eve.${' More.'.repeat(30)}` }],
      earlier: [
        { escalationId: 'E1', decision: { type: 'retry', advice: 'Look at the table.', by: 'Ann', at: at(120_000) } },
      ],
      decision: { type: 'reject', reason: 'Paid twice', by: 'Eve', at: at(180_000) },
      outcome: { type: 'accepted', text: '{"total":1}', at: at(180_000) },
      audit: [{ type: 'assigned', by: 'Ann', to: 'Eve', at: at(1000) }],
    } as unknown as Escalation;

    const text = stripVTControlCharacters(escalationText(escalation, { now: 3_600_000, columns: 80 }));

    for (const part of [
      'filed 1970-01-01 00:00 (1h ago) UTC',
      'Notes\n  1970-01-01 00:01 Bob: The price is on page 2. Ask Eve.',
      'Decided before about this request\n  1970-01-01 00:02 Sent back by Ann: Look at the table. (E1)',
      'Decision\n  1970-01-01 00:03 Rejected by Eve: Paid twice',
      'Final answer\n{\n  "total": 1\n}',
      'assigned to Eve by Ann',
    ]) {
      expect(text).toContain(part);
    }
    expect(text.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  test('lists more than a page, and finds by the beginning of an ID, whatever its state', async () => {
    const inbox = createInbox({ store: memoryStore() });
    const file = (prompt: string) => {
      const model = withStagedRetry(says('no'), {
        checks: [check('never', () => 'No.')],
        stages: [human({ inbox })],
        scope: 'acme',
      });
      return generateText({ model, prompt }).catch(() => {});
    };
    await Promise.all(Array.from({ length: 120 }, (_, index) => file(`${index}`)));
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
    const opened = { inbox, place: '', practice: async () => undefined, isDemo: false, close: () => {} };
    await runCommand(opened, ['list'], {});
    log.mockRestore();

    expect(lines.length).toBe(120);
    const id = lines.at(-1)?.slice(0, 24) ?? '';
    await inbox.decide(id, { type: 'reject' });
    expect(await findEscalation(inbox, id.slice(0, 12))).toMatchObject({ id, state: 'decided' });
    const ids = lines.map((line) => line.slice(0, 24));
    const shared = ids.map(([first]) => first).find((first, index, all) => all.indexOf(first) < index) ?? '';
    expect(await findEscalation(inbox, shared)).toMatch(/^Several IDs begin with/);
    expect(await findEscalation(inbox, '!')).toBe('There is no escalation !.');
  });
});
