import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Escalation } from '../../src/index.ts';
import { practiceInbox, turnableClock } from './practice-inbox.ts';

const ttlMs = 1000;
const claimMs = 300;
const people = ['ann', 'bob'] as const;

type Step =
  | { readonly type: 'file' | 'list'; readonly request: number }
  | { readonly type: 'claim' | 'release' | 'decide'; readonly request: number; readonly by: string }
  | { readonly type: 'wait'; readonly ms: number };

const request = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constantFrom('file', 'list'), request }),
  fc.record({ type: fc.constantFrom('claim', 'release', 'decide'), request, by: fc.constantFrom(...people) }),
  fc.record({ type: fc.constant('wait'), ms: fc.constantFrom(100, 350, 600, 1100) }),
);

/** What should be so of one request's escalation. */
interface Expected {
  readonly filedAt: number;
  decidedBy?: string;
  claim?: { readonly by: string; readonly until: number };
}

it('an inbox does what a simple model of it does, whatever people do', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let now = 0;
      const clock = turnableClock();
      const start = Date.now();
      const effects = { ...clock, now: () => start + now };
      const { inbox, file } = practiceInbox({ ttlMs }, effects);
      const model = new Map<number, Expected>();
      const ids = new Map<number, string>();

      const isOver = ({ filedAt }: Expected) => now >= filedAt + ttlMs;
      const isForgotten = ({ filedAt }: Expected) => now >= filedAt + 2 * ttlMs;
      const isPending = (expected: Expected) => expected.decidedBy === undefined && !isOver(expected);
      const holder = ({ claim, ...expected }: Expected) =>
        isPending(expected) && claim !== undefined && now < claim.until ? claim.by : undefined;

      for (const next of steps) {
        if (next.type === 'wait') {
          now += next.ms;
          continue;
        }
        const expected = model.get(next.request);
        const id = ids.get(next.request) ?? '';
        switch (next.type) {
          case 'file': {
            const { id: filed } = await file('answer', { key: `request ${next.request}` });
            ids.set(next.request, filed);
            if (expected === undefined || isOver(expected)) model.set(next.request, { filedAt: now });
            break;
          }
          case 'list': {
            const states = ['pending', 'decided', 'expired'] as const;
            for (const state of states) {
              const { escalations } = await inbox.list({ state });
              const should = [...model].filter(([, value]) => !isForgotten(value) && stateOf(value, isOver) === state);
              expect(escalations.map((escalation) => escalation.id).sort()).toEqual(
                should.map(([number]) => ids.get(number)).sort(),
              );
            }
            break;
          }
          default: {
            if (expected === undefined || isForgotten(expected)) {
              await expect(act(next)).rejects.toThrow('There is no escalation');
              break;
            }
            const holds = holder(expected);
            const should = {
              claim: isPending(expected) && (holds === undefined || holds === next.by),
              release: holds === next.by,
              decide: isPending(expected),
            }[next.type];
            const { won, escalation } = await act(next);
            expect(won).toBe(should);
            if (won && next.type === 'decide') expected.decidedBy = next.by;
            if (won && next.type === 'release') delete expected.claim;
            if (won && next.type === 'claim') {
              expected.claim = { by: next.by, until: Math.min(now + claimMs, expected.filedAt + ttlMs) };
            }
            agree(escalation, expected);
          }
        }

        async function act({ type, by }: Extract<Step, { by: string }>) {
          if (type === 'claim') return await inbox.claim(id, { by, ttlMs: claimMs });
          if (type === 'release') return await inbox.release(id, { by });
          return await inbox.decide(id, { type: 'approve' }, { by });
        }
      }

      for (const [number, expected] of model) {
        const escalation = await inbox.get(ids.get(number) ?? '');
        if (isForgotten(expected)) expect(escalation).toBeUndefined();
        else if (escalation !== undefined) agree(escalation, expected);
        else expect.unreachable();
      }

      function agree(escalation: Escalation, expected: Expected): void {
        expect({
          state: escalation.state,
          by: escalation.decision?.by,
          claimed: escalation.claimed?.by,
        }).toEqual({ state: stateOf(expected, isOver), by: expected.decidedBy, claimed: holder(expected) });
      }
    }),
    { numRuns: 1500 },
  );
});

function stateOf(expected: Expected, isOver: (expected: Expected) => boolean): Escalation['state'] {
  if (expected.decidedBy !== undefined) return 'decided';
  return isOver(expected) ? 'expired' : 'pending';
}
