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
import { pageLines, topAfter, topAfterResize } from '../../examples/node/inbox/page-view.ts';
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
  /** Runs a program on a terminal of 80 columns and 24 rows. */
  function inTerminal(program: string) {
    const command = `stty cols 80 rows 24; ${process.execPath} test/examples/programs/${program}.ts`;
    const terminal = spawn('script', ['-qec', command, '/dev/null'], { env: { ...process.env, NO_COLOR: '1' } });
    // It may end before anybody asks.
    const exit = once(terminal, 'exit');
    let shown = '';
    terminal.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    return {
      sees: (words: string | RegExp) => expect.poll(() => shown, { timeout: 20_000 }).toMatch(words),
      press(keys: string) {
        shown = '';
        terminal.stdin.write(keys);
      },
      exitCode: async () => (await exit)[0],
    };
  }

  test('a key that is pressed while the queue is read is kept', async () => {
    const { sees, press, exitCode } = inTerminal('slow-queue');
    await sees('3 escalations wait');

    press('u');
    await sees('It reads.');
    press('j');
    await sees(/Refreshed\.[\s\S]*\n {2}.*\r?\n> /);
    press('q');

    expect(await exitCode()).toBe(0);
  });

  test('an open escalation is read, and decided by its keys; then the next one is open', async () => {
    const { sees, press, exitCode } = inTerminal('long-queue');
    await sees('50 escalations wait');

    press('\r');
    await sees(/Invoice 1\r\n[\s\S]*Line 1 �\[2J�31m請求書[\s\S]*a approve .* q back/);
    press('n');
    await sees(/Invoice 2\r\n[\s\S]*Lines 1 to 22 of \d+/);
    press(' ');
    await sees('Lines 22 to 43 of');
    press('w');
    await sees(/Lines \d+ to \d+ of \d+ [\s\S]*a approve {2}e edit {2}s send back {2}r reject {2}n next\r\np previous/);
    press('r');
    await sees('Why reject it');
    press('paid twice\r');
    await sees(/Invoice 3\r\n[\s\S]*Rejected: Invoice 2\r\n/);
    press('a');
    await sees('y: yes');
    press('y');
    await sees(/Invoice 4\r\n[\s\S]*Approved: Invoice 3/);
    press('s');
    await sees('What should the model know');
    press('\u0003');
    await sees(/Invoice 4\r\n/);
    press('\u001b');
    await sees('48 escalations wait');
    press('q');

    expect(await exitCode()).toBe(0);
  });

  test('the newest note is read before an answer is approved from the queue', async () => {
    const { sees, press, exitCode } = inTerminal('long-queue');
    await sees('[2 notes] Invoice 1  EUR 1');

    press('a');
    await sees(/Note by Bob, \d+s ago: Ask the printer �\[2J first\. – Use this\s+answer[^y]*y: yes/);
    press('y');
    await sees('Approved: Invoice 1');
    press('a');
    await sees(/\nUse this answer[^y]*y: yes/);
    press('n');
    await sees('j/k move');
    press('q');

    expect(await exitCode()).toBe(0);
  });

  test.each([
    ['Esc', '\u001b'],
    ['Esc twice', '\u001b\u001b'],
    ['Ctrl-C', '\u0003'],
  ])('%s leaves a question and throws away what was typed', async (_, leave) => {
    const { sees, press, exitCode } = inTerminal('long-queue');
    await sees('50 escalations wait');

    for (const [key, question] of [
      ['r', 'Why reject it'],
      ['s', 'What should the model know'],
    ] as const) {
      press(key);
      await sees(question);
      press('not this');
      await sees('not this');
      press(leave);
      await sees(/50 escalations wait[\s\S]*> /);
    }
    press('r');
    await sees('Why reject it');
    press('paid twice\r');
    await sees('49 escalations wait');
    press('q');
    await sees(/Invoice 1 \{.*"reason":"paid twice"/);

    expect(await exitCode()).toBe(0);
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

  test.each([
    [{ noteCount: 1 }, '[1 note]'],
    [{ noteCount: 200 }, '[200 notes]'],
    [{ noteCount: 2, claimed: { by: 'Ann', until: at(7_200_000) } }, '[Ann, 2 notes]'],
  ])('the queue says how many notes there are, however long the name of it is: %j', (marks, shownMarks) => {
    const [, line = ''] = shown({ escalations: [{ ...one(0, 'An invoice '.repeat(20)), ...marks }] });
    expect(line).toContain(`  ${shownMarks} An invoice`);
    expect(widthOf(line)).toBeLessThanOrEqual(80);
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

  test.each([120, 80, 24])(
    'an open escalation fills a screen of %d columns, loses nothing and obeys nothing',
    (columns) => {
      const answer = `${'word '.repeat(100)}\r\n${'請求書👩‍👩‍👧‍👦'.repeat(50)}\r\n\u001b[2J\u009b31m\u202e\tEnd`;
      const escalation = {
        ...one(0, 'Invoice 1'),
        ...{ stage: 'team', state: 'pending', expiresAt: at(7_200_000), prompt: 'Read this', audit: [], attempts: [] },
        issues: [{ path: ['url'], message: `Not ${'x'.repeat(200)}`, check: 'a', kind: 'content' }],
        proposal: answer,
      } as unknown as Escalation;
      const view = { escalation, notice: '', columns, rows: 24, now: 3_600_000 };
      const plain = (line: string) => [1, 2, 22].reduce((rest, code) => rest.replaceAll(`\u001b[${code}m`, ''), line);
      const seen: string[] = [];
      let top = 0;
      for (let next: number | undefined = 0; next !== undefined; ) {
        top = next;
        const lines = pageLines({ ...view, top }).map(plain);
        expect(lines.length).toBe(24);
        expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
        expect(lines.filter((line) => /\p{Cc}|\p{Bidi_Control}/u.test(line))).toEqual([]);
        expect(lines.at(-1)).toMatch(/q back$/);
        seen.push(lines[0] ?? '');
        const down = topAfter('j', { ...view, top });
        next = down === top ? undefined : down;
      }
      const text = [
        ...seen,
        ...pageLines({ ...view, top })
          .map(stripVTControlCharacters)
          .slice(1),
      ].join(' ');

      expect(text.match(/word/g)?.length).toBe(100);
      expect(text.match(/請/g)?.length).toBe(50);
      expect(text.match(/x/g)?.length).toBeGreaterThanOrEqual(200);
      expect(topAfter('G', { ...view, top: 0 })).toBe(top);
      expect(topAfter('b', { ...view, top: 1 })).toBe(0);
      expect(topAfter('a', { ...view, top: 1 })).toBe(undefined);
    },
  );

  test('who reads an open escalation is at the same place after the screen is resized', () => {
    const proposal = Array.from({ length: 300 }, (_, line) => `Line ${line} ${'wide '.repeat(20)}`).join('\n');
    const escalation = { ...one(0, 'A'), expiresAt: at(0), attempts: [], prompt: '', audit: [], proposal } as never;
    const view = { escalation, notice: '', columns: 80, rows: 24, now: 0, top: 300 };

    const top = topAfterResize(view, { ...view, columns: 40 });

    const first = (lines: readonly string[]) => Number(/Line (\d+)/.exec(lines.join('\n'))?.[1]);
    const before = first(pageLines(view));
    expect(before).toBeGreaterThan(100);
    expect(Math.abs(first(pageLines({ ...view, columns: 40, top })) - before)).toBeLessThan(5);
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
