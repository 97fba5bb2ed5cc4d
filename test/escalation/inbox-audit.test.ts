import { describe, expect, it } from 'vitest';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

describe('the audit trail', () => {
  it('tells who did what and when, from the filing on', async () => {
    const clock = turnableClock();
    const { inbox, file } = practiceInbox({ onFiled: () => {} }, clock);
    const { id } = await file();
    const minute = () => clock.turn(60_000);
    minute();
    await inbox.claim(id, { by: 'ann' });
    minute();
    await inbox.release(id, { by: 'ann' });
    minute();
    await inbox.claim(id, { by: 'bob' });
    minute();
    await inbox.decide(id, { type: 'edit', text: '{"total":13}' }, { by: 'carl' });

    const { audit = [], createdAt = '' } = (await inbox.get(id)) ?? {};

    const minutes = audit.map(({ at }) => Math.round((Date.parse(at) - Date.parse(createdAt)) / 60_000));
    expect(audit.map(({ at, ...entry }) => entry)).toEqual([
      { type: 'filed' },
      { type: 'announced' },
      { type: 'claimed', by: 'ann' },
      { type: 'released', by: 'ann' },
      { type: 'claimed', by: 'bob' },
      { type: 'decided', by: 'carl', decision: 'edit' },
    ]);
    expect(minutes).toEqual([0, 0, 1, 2, 3, 4]);
  });

  it('has nothing of what was refused', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    await inbox.claim(id, { by: 'ann' });
    await inbox.claim(id, { by: 'bob' });
    await inbox.release(id, { by: 'bob' });
    await inbox.decide(id, { type: 'reject' }, { by: 'ann' });
    await inbox.decide(id, { type: 'approve' }, { by: 'bob' });

    const audit = (await inbox.get(id))?.audit.map(({ type, by }) => [type, by]);

    expect(audit).toEqual([
      ['filed', undefined],
      ['claimed', 'ann'],
      ['decided', 'ann'],
    ]);
  });

  it('keeps every assignment and decision beside two hundred notes', async () => {
    const { inbox, file } = practiceInbox({ onFiled: () => {} });
    const { id } = await file();
    await inbox.assign(id, { to: 'bob', by: 'ann' });
    await inbox.decide(id, { type: 'approve' });
    for (let count = 0; count < 200; count += 1) await inbox.note(id, { by: 'ann', text: 'Look.' });

    const types = ((await inbox.get(id))?.audit ?? []).map(({ type }) => type);

    expect(types.slice(0, 5)).toEqual(['filed', 'announced', 'assigned', 'decided', 'noted']);
    expect(types).toHaveLength(204);
  });

  it('keeps the latest two hundred claims of a busy escalation beside all else', async () => {
    const { inbox, file } = practiceInbox();
    const { id } = await file();
    for (let count = 0; count < 300; count += 1) await inbox.claim(id, { by: 'ann' });
    await inbox.decide(id, { type: 'approve' });

    const { audit = [] } = (await inbox.get(id)) ?? {};

    expect([audit.length, audit[0]?.type, audit.at(-1)?.type]).toEqual([202, 'filed', 'decided']);
  });
});
