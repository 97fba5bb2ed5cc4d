import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/index.ts';
import { failedAttempt, practiceInbox, turnableClock } from './practice-inbox.ts';

const minuteMs = 60_000;

/** One decision a minute, each a minute after its filing. */
async function decidedInbox(decisions: readonly (readonly [by: string | undefined, decision: Decision])[]) {
  const clock = turnableClock();
  const practice = practiceInbox({}, clock);
  const start = clock.now();
  for (const [by, decision] of decisions) {
    const { id } = await practice.file('{"total":12}');
    clock.turn(minuteMs);
    await practice.inbox.decide(id, decision, by === undefined ? {} : { by });
  }
  return { ...practice, clock, at: (minutes: number) => new Date(start + minutes * minuteMs + minuteMs / 2) };
}

const approve: Decision = { type: 'approve' };
const reject: Decision = { type: 'reject' };
const edit: Decision = { type: 'edit', text: '{"total":13}' };
const force: Decision = { type: 'edit', text: 'thirteen', force: true };

describe('the numbers of an inbox', () => {
  it('tell decisions, overrides and the time they took, by check and by person', async () => {
    const { inbox } = await decidedInbox([
      ['ann', approve],
      ['ann', reject],
      ['bob', force],
      [undefined, edit],
    ]);

    const { window, ...counts } = await inbox.stats();

    expect(counts).toEqual({ pending: 0, decided: 4, expired: 0 });
    expect(window).toMatchObject({
      decided: 4,
      decisions: { approve: 1, reject: 1, edit: 2 },
      overridden: 2,
      isComplete: true,
      byCheck: { 'adds-up': { decided: 4, overridden: 2 } },
      byPerson: {
        ann: { decided: 2, decisions: { approve: 1, reject: 1 }, overridden: 1 },
        bob: { decided: 1, overridden: 1 },
      },
    });
    expect(Object.keys(window.byPerson)).toEqual(expect.arrayContaining(['ann', 'bob']));
    expect(Object.keys(window.byPerson)).toHaveLength(2);
    expect(window.medianDecisionMs).toBeGreaterThanOrEqual(minuteMs);
    expect(window.p90DecisionMs).toBeLessThan(2 * minuteMs);
  });

  it('are of a window where one is asked for', async () => {
    const { inbox, at } = await decidedInbox([
      ['ann', approve],
      ['ann', reject],
      ['ann', edit],
    ]);

    const decided = async (since?: Date, until?: Date) => (await inbox.stats({ since, until })).window.decisions;

    expect(await decided(at(1))).toEqual({ reject: 1, edit: 1 });
    expect(await decided(at(1), at(2))).toEqual({ reject: 1 });
    expect(await decided(undefined, at(1))).toEqual({ approve: 1 });
    expect((await inbox.stats({ since: at(2).toISOString() })).window.decisions).toEqual({ edit: 1 });
    await expect(inbox.stats({ since: 'yesterday' })).rejects.toThrow('since must be a Date or a time in ISO 8601.');
  });

  it('count a check as overridden only where the answer that stands fails it', async () => {
    const { inbox } = practiceInbox();
    const clean = { ...failedAttempt('fine', 2), verdict: { type: 'pass' as const } };
    const file = (requestKey: string) =>
      inbox.file({ requestKey, scope: 'acme', stage: 'human', prompt: [], history: [failedAttempt('bad'), clean] });
    await inbox.decide((await file('one')).escalation.id, { type: 'approve', attempt: 1 }, { by: 'ann' });
    await inbox.decide((await file('two')).escalation.id, { type: 'approve', attempt: 2 }, { by: 'ann' });

    expect((await inbox.stats()).window).toMatchObject({
      overridden: 1,
      byCheck: { 'adds-up': { decided: 1, overridden: 1 } },
    });
  });

  it('count a forced text as overriding only until the checks let it pass', async () => {
    const { inbox, file } = practiceInbox();
    const [passing, failing] = [await file(), await file()];
    const overridden = async () => (await inbox.stats()).window.byCheck['adds-up']?.overridden;
    for (const { id } of [passing, failing]) await inbox.decide(id, force, { by: 'ann' });
    expect(await overridden()).toBe(2);

    await inbox.conclude(passing.id, { type: 'accepted', text: 'thirteen', verdict: { type: 'pass' } });
    const { verdict } = failedAttempt('thirteen');
    await inbox.conclude(failing.id, { type: 'accepted', text: 'thirteen', verdict });

    expect(await overridden()).toBe(1);
    expect((await inbox.stats()).window).toMatchObject({ decided: 2, overridden: 1 });
  });

  it('say that they are not complete where records of the window are gone', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: minuteMs }, clock);
    const begun = new Date(clock.now());
    for (let count = 0; count < 3; count += 1) {
      await inbox.decide((await file(undefined, { scope: count === 0 ? 'globex' : 'acme' })).id, approve);
    }
    expect((await inbox.stats({ since: begun })).window).toMatchObject({ decided: 3, isComplete: true });
    clock.turn(3 * minuteMs);
    for (let count = 0; count < 6; count += 1) await file();
    const after = new Date(clock.now());
    await inbox.decide((await file()).id, approve);

    const isComplete = async (options: object) => (await inbox.stats(options)).window.isComplete;
    expect((await inbox.stats({ since: begun })).window).toMatchObject({ decided: 1, isComplete: false });
    expect([await isComplete({}), await isComplete({ since: begun, scope: 'globex' })]).toEqual([false, false]);
    expect([await isComplete({ since: after }), await isComplete({ scope: 'initech' })]).toEqual([true, true]);
  });

  it('count a decision between two windows once', async () => {
    const { inbox, file } = practiceInbox();
    const { escalation } = await inbox.decide((await file()).id, approve);
    const at = escalation.decision?.at;
    const decided = async (window: object) => [
      (await inbox.stats(window)).window.decided,
      (await linesOf(inbox.exportDecisions(window))).length,
    ];
    expect([await decided({ until: at }), await decided({ since: at })]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('do not count what expired as pending, looked at or not', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ ttlMs: minuteMs }, clock);
    await file();
    clock.turn(minuteMs);
    await file();

    expect(await inbox.stats()).toMatchObject({ pending: 1, expired: 1 });
    await inbox.list();
    expect(await inbox.stats()).toMatchObject({ pending: 1, expired: 1 });
  });

  it('survive people and checks with the names of what every object has', async () => {
    const { inbox } = await decidedInbox([
      ['__proto__', approve],
      ['constructor', approve],
    ]);

    const { byPerson } = (await inbox.stats()).window;

    expect(Object.keys(byPerson).sort()).toEqual(['__proto__', 'constructor']);
  });
});

describe('decisions are exported as JSON Lines', () => {
  it('the oldest first, with what was asked, tried and decided', async () => {
    const { inbox, file } = await decidedInbox([
      ['ann', approve],
      ['bob', { type: 'edit', text: 'a\nb' }],
    ]);
    await file('pending');

    const lines = await linesOf(inbox.exportDecisions({ scope: 'acme' }));

    expect(lines.every((line) => /^[^\n]+\n$/.test(line))).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        scope: 'acme',
        stage: 'human',
        request: { prompt: [{ role: 'user' }] },
        attempts: [{ number: 1, text: '{"total":12}', verdict: { type: 'fail' } }],
        decision: { type: 'approve', by: 'ann' },
        outcome: { type: 'accepted', text: '{"total":12}' },
      },
      { decision: { type: 'edit', text: 'a\nb', by: 'bob' } },
    ]);
  });

  it('of a window and a scope, in pages', async () => {
    const { inbox, at } = await decidedInbox(Array.from({ length: 120 }, () => ['ann', approve] as const));

    const count = async (options: Parameters<typeof inbox.exportDecisions>[0]) =>
      (await linesOf(inbox.exportDecisions(options))).length;

    expect(await count({})).toBe(120);
    expect(await count({ since: at(10), until: at(70) })).toBe(60);
    expect(await count({ scope: 'globex' })).toBe(0);
  });
});

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
