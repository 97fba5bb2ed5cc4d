import { generateText } from 'ai';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CallCost,
  type CallOutcome,
  check,
  fallback,
  type Limiter,
  LimitReachedError,
  retry,
  circuitBreaker as systemCircuitBreaker,
  withStagedRetry,
} from '../../src/index.ts';
import { circuitBreaker } from '../../src/limits/circuit-breaker.ts';
import { atOnce, errorOf, failsWith, losesConnection, says } from '../fixtures.ts';
import { type Clock, clock } from './clock.ts';

const cost: CallCost = { provider: 'openai', model: 'gpt-5-mini', estimatedTokens: 1, maxOutputTokens: undefined };

function outcome(type: CallOutcome['type'], error?: unknown): CallOutcome {
  return { type, cost, usage: undefined, error, headers: undefined, durationMs: 1 };
}

describe('a circuit breaker', () => {
  let time: Clock;
  let breaker: Limiter;
  beforeEach(() => {
    time = clock();
    breaker = circuitBreaker({ minimumCalls: 4, windowMs: 10_000, halfOpenAfterMs: 5_000 }, time);
  });

  async function call(type: CallOutcome['type'], error?: unknown): Promise<void> {
    await breaker.reserve(cost, {});
    await breaker.settle(outcome(type, error));
  }

  async function fail(times: number, error: unknown = failsWith(503)): Promise<void> {
    for (let count = 0; count < times; count += 1) await call('failed', error);
  }

  it('opens when half of the calls fail, and says when to call again', async () => {
    await call('answered');
    await call('answered');
    await fail(2);
    const error = await errorOf(breaker.reserve(cost, {}));
    expect(error).toMatchObject({ limit: 'circuit', retryAfterMs: 5000 });
    expect(LimitReachedError.isInstance(error)).toBe(true);
  });

  it.each([
    ['refused requests', 'failed', failsWith(400)],
    ['rate limits', 'failed', failsWith(429)],
    ['calls that the caller aborted', 'aborted', new Error('left')],
    ['calls that another limiter refused', 'refused', new Error('not today')],
  ] as const)('does not count %s', async (_, type, error) => {
    for (let count = 0; count < 20; count += 1) await call(type, error);
    await breaker.reserve(cost, {});
  });

  it('lets a call through where its clock was set back while it was open', async () => {
    let lateMs = 0;
    const late = { ...time, now: () => time.now() - lateMs };
    breaker = circuitBreaker({ minimumCalls: 4, windowMs: 10_000, halfOpenAfterMs: 5_000 }, late);
    await fail(4);
    expect(await errorOf(breaker.reserve(cost, {}))).toMatchObject({ retryAfterMs: 5000 });
    lateMs = 3_600_000;
    await call('answered');
    await call('answered');
  });

  it('counts connections that break', async () => {
    await fail(4, losesConnection());
    await errorOf(breaker.reserve(cost, {}));
  });

  it('forgets failures that are long ago', async () => {
    await fail(3);
    await time.advance(11_000);
    await fail(1);
    await breaker.reserve(cost, {});
  });

  it('lets one call through after its pause, and closes when that is answered', async () => {
    await fail(4);
    await time.advance(5_000);
    await breaker.reserve(cost, {});
    await errorOf(breaker.reserve(cost, {}));
    await breaker.settle(outcome('answered'));
    await breaker.reserve(cost, {});
    await breaker.reserve(cost, {});
  });

  it('stays open for another pause when that one fails', async () => {
    await fail(4);
    await time.advance(5_000);
    await fail(1);
    await errorOf(breaker.reserve(cost, {}));
    await time.advance(5_000);
    await breaker.reserve(cost, {});
  });

  it('lets another call try when the one that tried was aborted', async () => {
    await fail(4);
    await time.advance(5_000);
    await call('aborted', new Error('left'));
    await breaker.reserve(cost, {});
  });

  describe('whose pause is over', () => {
    const old = { ...cost };
    const probe = { ...cost };
    beforeEach(async () => {
      await breaker.reserve(old, {});
      await fail(4);
      await time.advance(5_000);
      await breaker.reserve(probe, {});
    });
    const settleOld = (type: CallOutcome['type'], error?: unknown) =>
      breaker.settle({ ...outcome(type, error), cost: old });

    it.each([
      ['was aborted', 'aborted', new Error('left')],
      ['was refused by another limiter', 'refused', new Error('not today')],
      ['was answered', 'answered', undefined],
      ['failed', 'failed', failsWith(503)],
      ['was a bad request', 'failed', failsWith(400)],
    ] as const)('lets one call try, also when a call from before %s', async (_, type, error) => {
      await settleOld(type, error);
      await errorOf(breaker.reserve(cost, {}));
      await breaker.settle({ ...outcome('answered'), cost: probe });
      await breaker.reserve(cost, {});
    });

    it('does not count the failures from before once it is closed', async () => {
      await breaker.settle({ ...outcome('answered'), cost: probe });
      await fail(3);
      await settleOld('failed', failsWith(503));
      await breaker.reserve(cost, {});
    });

    it('lets another call try when that one says nothing for a pause, and says when', async () => {
      await time.advance(1_000);
      expect(await errorOf(breaker.reserve(cost, {}))).toMatchObject({ retryAfterMs: 4_000 });
      await time.advance(4_000);
      const second = { ...cost };
      await breaker.reserve(second, {});
      await errorOf(breaker.reserve(cost, {}));
      await breaker.settle({ ...outcome('answered'), cost: probe });
      await breaker.reserve(cost, {});
    });

    it('ignores the late failure of a call that tried before it closed', async () => {
      await time.advance(5_000);
      const second = { ...cost };
      await breaker.reserve(second, {});
      await breaker.settle({ ...outcome('answered'), cost: second });
      await breaker.settle({ ...outcome('failed', failsWith(503)), cost: probe });
      await breaker.reserve(cost, {});
    });
  });

  it('is one for each model', async () => {
    await fail(4);
    await breaker.reserve({ ...cost, model: 'gpt-5' }, {});
  });
});

describe('a run with a circuit breaker', () => {
  it('is tried by one call at a time, whatever became of the calls from before', async () => {
    const answers: ((answer: string | Error) => void)[] = [];
    const model = says(() => new Promise((resolve) => answers.push(resolve)));
    const breaker = systemCircuitBreaker({ minimumCalls: 2, halfOpenAfterMs: 1000 });
    const wrapped = withStagedRetry(model, { limits: [breaker], transport: { attempts: 1, ...atOnce } });
    const abort = new AbortController();
    const ask = (abortSignal?: AbortSignal) =>
      errorOf(generateText({ model: wrapped, prompt: 'Hello', maxRetries: 0, ...(abortSignal && { abortSignal }) }));
    const calls = [ask(), ask(), ask(abort.signal)];
    await expect.poll(() => answers.length).toBe(3);
    answers[0]?.(failsWith(503));
    answers[1]?.(failsWith(503));
    await Promise.all(calls.slice(0, 2));
    await new Promise((resolve) => setTimeout(resolve, 1010));
    const probe = ask();
    await expect.poll(() => answers.length).toBe(4);
    abort.abort(new Error('left'));
    await calls[2];
    await Promise.all([ask(), ask(), ask()]);
    expect(answers).toHaveLength(4);
    answers[3]?.(failsWith(503));
    await probe;
  });

  it('is not stopped by answers that fail checks', async () => {
    const good = check('good', ({ text }) => text === 'good' || 'Say good.');
    for (let run = 0; run < 10; run += 1) {
      const model = withStagedRetry(says('bad', 'good'), { checks: [good], limits: [systemCircuitBreaker()] });
      expect((await generateText({ model, prompt: 'Hello' })).text).toBe('good');
    }
  });

  it('goes on to another model without calling the one that keeps failing', async () => {
    const failing = says(failsWith(503));
    const other = Object.assign(says('of the other'), { modelId: 'other' });
    const model = withStagedRetry(failing, {
      limits: [systemCircuitBreaker({ minimumCalls: 3 })],
      stages: [retry({ attempts: 1 }), fallback({ model: other, attempts: 1 })],
      transport: { attempts: 1, ...atOnce },
    });
    for (let run = 0; run < 10; run += 1) {
      expect((await generateText({ model, prompt: 'Hello' })).text).toBe('of the other');
    }
    expect(failing.calls).toHaveLength(3);
  });
});

it.each([{ failureRate: 2 }, { failureRate: 0 }, { minimumCalls: 0 }, { windowMs: -1 }])('refuses %o', (options) => {
  expect(() => circuitBreaker(options)).toThrow(expect.objectContaining({ name: 'AI_InvalidArgumentError' }));
});
