import { InvalidArgumentError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

describe('a claim', () => {
  it('keeps others from claiming the same escalation', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();

    const [ann, bob] = [await inbox.claim(id, { by: 'ann' }), await inbox.claim(id, { by: 'bob' })];

    expect([ann.won, bob.won]).toEqual([true, false]);
    expect(bob.escalation.claimed).toEqual({ by: 'ann', until: expect.any(String) });
  });

  it('of fifty people at once is given to one', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();

    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) => inbox.claim(id, { by: `person ${index}` })),
    );

    const winners = claims.filter(({ won }) => won);
    expect(winners).toHaveLength(1);
    const holder = winners[0]?.escalation.claimed?.by;
    expect(claims.every(({ escalation }) => escalation.claimed?.by === holder)).toBe(true);
  });

  it('ends by itself', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({}, clock);
    const { id } = await file();
    await inbox.claim(id, { by: 'ann', ttlMs: 60_000 });

    clock.turn(60_001);

    expect((await inbox.get(id))?.claimed).toBeUndefined();
    expect((await inbox.claim(id, { by: 'bob' })).won).toBe(true);
  });

  it('lasts a quarter of an hour, and can be made longer by who holds it', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({}, clock);
    const { id } = await file();
    await inbox.claim(id, { by: 'ann' });
    clock.turn(14 * 60_000);

    expect((await inbox.claim(id, { by: 'ann' })).won).toBe(true);

    clock.turn(14 * 60_000);
    expect((await inbox.get(id))?.claimed?.by).toBe('ann');
  });

  it('never outlasts the escalation', async () => {
    const { inbox, file } = practiceInbox({ ttlMs: 60_000 });
    const { id, expiresAt } = await file();

    const { escalation } = await inbox.claim(id, { by: 'ann', ttlMs: 3_600_000 });

    expect(escalation.claimed?.until).toBe(expiresAt);
  });

  it('does not keep others from deciding, and is over then', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    await inbox.claim(id, { by: 'ann' });

    const { won, escalation } = await inbox.decide(id, { type: 'approve' }, { by: 'bob' });

    expect([won, escalation.claimed]).toEqual([true, undefined]);
    expect((await inbox.claim(id, { by: 'ann' })).won).toBe(false);
  });

  it('keeps others from deciding who do not take over', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    await inbox.claim(id, { by: 'ann' });
    const decide = (by: string) => inbox.decide(id, { type: 'approve' }, { by, takeOver: false });

    expect(await decide('bob')).toMatchObject({ won: false, escalation: { state: 'pending', claimed: { by: 'ann' } } });
    expect(await inbox.decide([id], { type: 'approve' }, { by: 'bob', takeOver: false })).toMatchObject([
      { won: false },
    ]);
    expect((await decide('ann')).won).toBe(true);
  });

  it('is released by who holds it alone', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    await inbox.claim(id, { by: 'ann' });

    expect((await inbox.release(id, { by: 'bob' })).won).toBe(false);
    expect((await inbox.release(id, { by: 'ann' })).won).toBe(true);
    expect((await inbox.release(id, { by: 'ann' })).won).toBe(false);
    expect((await inbox.get(id))?.claimed).toBeUndefined();
  });

  it.each([
    { by: '' },
    { by: ' ' },
    { by: 'x'.repeat(201) },
    { by: 'ann', ttlMs: 0 },
    { by: 'ann', ttlMs: Number.POSITIVE_INFINITY },
  ])('of %j is refused', async (options) => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();

    await expect(inbox.claim(id, options)).rejects.toSatisfy(InvalidArgumentError.isInstance);
  });

  it('on nothing is refused', async () => {
    const { inbox } = practiceInbox();

    await expect(inbox.claim('nothing', { by: 'ann' })).rejects.toSatisfy(InvalidArgumentError.isInstance);
  });
});
