import { circuitBreaker, memoryStore, rateLimiter, retry, spendLimiter, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';
import { type Attack, lineOf, tried, unhandledOf } from './attack.ts';

const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
const hundredRuns = 100;
const collect = (globalThis as { gc?: () => void }).gc;

/** Many runs of every kind through one wrapped model: what the process keeps of them. */
export const soak: Attack = async (options) => {
  const model = withStagedRetry(
    scriptedModel([(_, call) => (call % 3 === 0 ? '{"n":1}' : call % 3 === 1 ? '{"n":"x"}' : new Error('lost'))]),
    {
      scope: 'soak',
      cache: { store: memoryStore({ maxBytes: 1_000_000 }), singleFlight: true },
      limits: [
        circuitBreaker({ minimumCalls: 1e9 }),
        rateLimiter({ requestsPerMinute: 1e9 }),
        spendLimiter({ usd: 1e9, price: { input: 1, output: 1 } }),
      ],
      stages: [retry({ attempts: 3 })],
      transport: { attempts: 2, initialMs: 0, jitter: 'none' },
    },
  );

  async function run(number: number): Promise<void> {
    const abort = new AbortController();
    const params = {
      prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: `Go on ${number % 500}.` }] }],
      responseFormat: { type: 'json' as const, schema: schema as never },
      abortSignal: abort.signal,
    };
    if (number % 2 === 0) return void (await model.doGenerate(params));
    const reader = (await model.doStream(params)).stream.getReader();
    for (let part = 0; part < (number % 4 === 1 ? 2 : Number.POSITIVE_INFINITY); part += 1) {
      if ((await reader.read()).done) return;
    }
    if (number % 8 === 1) abort.abort(new Error('left'));
    else await reader.cancel('enough');
  }

  let number = 0;
  const hundred = async () => {
    const settled = await Promise.allSettled(Array.from({ length: hundredRuns }, () => run(number++)));
    const odd = settled.find((one) => one.status === 'rejected' && !isExpected(one.reason));
    return odd?.status === 'rejected' ? lineOf(odd.reason) : undefined;
  };
  for (let round = 0; round < 5; round += 1) await hundred();
  const before = await footprint();
  const { result, unhandled } = await unhandledOf(() => tried(options, hundred));
  const after = await footprint();
  const grownMb = (after.heap - before.heap) / 1e6;
  const kept = [
    // What was not collected says nothing of what is kept.
    ...(collect !== undefined && grownMb > 30 ? [`the heap grew by ${grownMb.toFixed(1)} MB`] : []),
    ...(after.handles > before.handles + 5 ? [`${after.handles - before.handles} handles stay`] : []),
  ];
  return {
    tried: result.tried * hundredRuns,
    failures: [...result.failures, ...kept, ...unhandled],
    figures: { 'heap grown': `${grownMb.toFixed(1)} MB`, 'handles more': after.handles - before.handles },
  };
};

function isExpected(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name.startsWith('StagedRetry_') || error.message === 'lost' || error.message === 'left')
  );
}

async function footprint() {
  await new Promise((resolve) => setTimeout(resolve, 300));
  collect?.();
  return { heap: process.memoryUsage().heapUsed, handles: process.getActiveResourcesInfo().length };
}
