import { jsonSchema } from 'ai';
import {
  check,
  createInbox,
  human,
  lendTools,
  retry,
  type StagedRetryOptions,
  withStagedRetry,
} from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';

// A program that wraps a model in everything that arms timers of an hour, ends each run in its own way, and says so. A
// timer or a handle left behind would keep the process from exiting.

const hour = 3_600_000;
const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Go on.' }] }];
const lookUp = { content: [{ type: 'tool-call' as const, toolCallId: '1', toolName: 'lookUp', input: '{}' }] };
const hangs = () => new Promise<never>(() => {});
const never = check('never', () => 'No.');
const isRight = check({ name: 'right', timeoutMs: hour, test: async ({ text }) => text === 'Right.' || 'No.' });
const transport = { timeout: { callMs: hour, firstChunkMs: hour, chunkMs: hour } };
const schema = jsonSchema({ type: 'object' });

type Ending = (abort: () => void) => StagedRetryOptions;

const answers: readonly Ending[] = [() => ({ checks: [isRight], transport })];

const aborts: readonly Ending[] = [
  (abort) => ({ checks: [slowly(abort)] }),
  (abort) => ({ checks: [never], stages: [retry({ attempts: 2, delay: soon(abort) })] }),
  (abort) => ({ checks: [never], stages: [retry({ attempts: 1 }), lending(abort)] }),
  (abort) => ({
    checks: [never],
    stages: [
      retry({ attempts: 1 }),
      human({ inbox: createInbox({ onFiled: abort }), wait: { timeoutMs: hour, pollMs: hour } }),
    ],
    scope: 'public',
  }),
];

for (const options of answers) await end(options, ['Wrong.', 'Right.']);
for (const options of aborts) await end(options, ['Wrong.', lookUp]);
console.log('All runs are over.');

async function end(options: Ending, script: Parameters<typeof scriptedModel>[0]): Promise<void> {
  for (const type of ['generate', 'stream']) {
    const controller = new AbortController();
    const model = withStagedRetry(
      scriptedModel(script),
      options(() => controller.abort()),
    );
    const params = { prompt, abortSignal: controller.signal };
    try {
      if (type === 'generate') await model.doGenerate(params);
      else for await (const _ of (await model.doStream(params)).stream);
    } catch (error) {
      if (error !== controller.signal.reason) throw error;
    }
  }
}

function slowly(abort: () => void) {
  return check({
    name: 'slow',
    timeoutMs: hour,
    test: () => {
      queueMicrotask(abort);
      return hangs();
    },
  });
}

function soon(abort: () => void) {
  return () => {
    queueMicrotask(abort);
    return hour;
  };
}

function lending(abort: () => void) {
  const execute = () => {
    queueMicrotask(abort);
    return hangs();
  };
  return lendTools({ attempts: 1, timeout: hour, tools: { lookUp: { inputSchema: schema, execute } } });
}
