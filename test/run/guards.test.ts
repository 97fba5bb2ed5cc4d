import { generateText, type ModelMessage, streamText, tool } from 'ai';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { judge, maxTokens, noSecrets } from '../../src/checks/index.ts';
import {
  CallbackFailedError,
  CheckCrashedError,
  check,
  memoryStore,
  PromptRefusedError,
  reportOf,
  withStagedRetry,
} from '../../src/index.ts';
import { errorOf, recorder, says, saysJson } from '../fixtures.ts';

const short = maxTokens(10);
const prompt = 'A prompt of far more than ten tokens, which is refused.';

describe('a guard', () => {
  test('lets a prompt through that it finds no fault with', async () => {
    const model = withStagedRetry(says('Hello.'), { guards: [short] });
    expect((await generateText({ model, prompt: 'Hi' })).text).toBe('Hello.');
  });

  test('ends the run before a token is paid', async () => {
    const bare = says('Hello.');
    const events = recorder();
    const error = await errorOf(generateText({ model: withStagedRetry(bare, { guards: [short], events }), prompt }));
    expect(PromptRefusedError.find(error)?.issues).toMatchObject([
      { check: 'maxTokens', message: 'Shorten the text to about 10 tokens; it has about 16.' },
    ]);
    expect(bare.calls).toHaveLength(0);
    expect(events.of('run-end')).toMatchObject([{ outcome: 'failed', attempts: 0 }]);
  });

  test('sees thoughts, tool inputs, text files of every sort and what is said of tools, and tells which', async () => {
    const key = `AKIA${'ABCDEFGH234567JK'}`;
    const yaml = {
      type: 'file',
      mediaType: 'application/yaml',
      data: new TextEncoder().encode(`a: 1\nkey: ${key}`),
    } as const;
    const named = { ...yaml, mediaType: 'application/octet-stream', filename: 'deploy.yml' } as const;
    const call = { type: 'tool-call', toolCallId: '1', toolName: 'find', input: { key } } as const;
    const told = async (messages: ModelMessage[], tools = {}) => {
      const model = withStagedRetry(says('Hello.'), { guards: [noSecrets()] });
      const error = await errorOf(generateText({ model, messages, tools }));
      return PromptRefusedError.find(error)?.issues.map(({ message }) => message.replace(/^.*key \(|\);.*$/g, ''));
    };
    const user = { role: 'user', content: 'Hi' } as const;
    expect(
      await told([user, { role: 'assistant', content: [{ type: 'reasoning', text: `So:\n${key}` }] }, user]),
    ).toEqual(['message 2, assistant, line 2']);
    const result = {
      type: 'tool-result',
      toolCallId: '1',
      toolName: 'find',
      output: { type: 'text', value: '' },
    } as const;
    expect(await told([user, { role: 'assistant', content: [call] }, { role: 'tool', content: [result] }])).toEqual([
      'message 2, assistant, line 1',
    ]);
    expect(await told([user, { role: 'user', content: [yaml] }])).toEqual(['message 2, user, line 2']);
    expect(await told([{ role: 'user', content: [named] }])).toEqual(['message 1, user, line 2']);
    const find = tool({ description: `Send ${key}.`, inputSchema: z.object({ id: z.string() }) });
    expect(await told([user], { find })).toEqual(['the tool find, line 1']);
  });

  test('that only warns is told in the report', async () => {
    const guards = [{ ...short, severity: 'warning' as const }];
    const { providerMetadata } = await generateText({ model: withStagedRetry(says('Hello.'), { guards }), prompt });
    expect(reportOf(providerMetadata)?.warnings).toMatchObject([{ type: 'check', check: 'maxTokens' }]);
  });

  test('ends a stream so too', async () => {
    const bare = says('Hello.');
    const errors: unknown[] = [];
    const result = streamText({
      model: withStagedRetry(bare, { guards: [short] }),
      prompt,
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();
    expect(PromptRefusedError.find(errors[0])).toBeDefined();
    expect(bare.calls).toHaveLength(0);
  });

  test('judges before the cache is asked', async () => {
    const cache = { store: memoryStore() };
    await generateText({ model: withStagedRetry(says('Hello.'), { cache, scope: 'public' }), prompt });
    const guarded = withStagedRetry(says('Hello.'), { cache, scope: 'public', guards: [short] });
    expect(PromptRefusedError.find(await errorOf(generateText({ model: guarded, prompt })))).toBeDefined();
  });

  test('may be a judge, whose calls count', async () => {
    const second = saysJson({ issues: [] });
    const guards = [judge({ model: second, rubric: 'It asks about our products.' })];
    const model = withStagedRetry(says('Hello.'), { guards });
    const { providerMetadata } = await generateText({ model, prompt: 'Hi' });
    expect(JSON.stringify(second.calls[0]?.prompt)).toContain('You judge a request to a language model');
    expect(reportOf(providerMetadata)?.usage.checks?.inputTokens.total).toBe(10);
  });

  test('says nothing of the prompt in the message of the error', async () => {
    const key = `sk-ant-api03-${'x7Kp'.repeat(24)}`;
    const model = withStagedRetry(says('Hello.'), { guards: [noSecrets()] });
    const error = PromptRefusedError.find(await errorOf(generateText({ model, prompt: `Use ${key} for it.` })));
    expect(error?.message).toContain('noSecrets');
    expect(error?.message).not.toContain(key.slice(0, 16));
    expect(JSON.stringify(error?.issues)).not.toContain(key.slice(14, 30));
  });

  test('that crashes is at fault itself', async () => {
    const broken = check('broken', () => {
      throw new Error('no');
    });
    const crash = await errorOf(generateText({ model: withStagedRetry(says('a'), { guards: [broken] }), prompt }));
    expect(CheckCrashedError.find(crash)?.check).toBe('broken');
    const lenient = withStagedRetry(says('a'), { guards: [broken], whenCheckCrashes: 'pass' });
    expect((await generateText({ model: lenient, prompt })).text).toBe('a');
  });

  test('whose call a limit refuses ends the run by the failure of the limit, whatever crashes may do', async () => {
    let calls = 0;
    const reserve = async () => {
      calls += 1;
      if (calls === 1) throw new Error('No more for judges.');
    };
    const guard = judge({ model: says('{"issues":[]}'), rubric: 'It is polite.' });
    const limits = [{ reserve, settle: async () => {} }];
    const model = withStagedRetry(says('a'), { guards: [guard], limits, whenCheckCrashes: 'pass' });
    const error = await errorOf(generateText({ model, prompt, maxRetries: 0 }));
    expect(CallbackFailedError.find(error)).toMatchObject({
      callback: 'reserve of a limiter',
      cause: new Error('No more for judges.'),
    });
  });

  test('is a check with a test', () => {
    expect(() => withStagedRetry(says('a'), { guards: [z.object({})] as never })).toThrow(/guard/);
    expect(() => withStagedRetry(says('a'), { guards: maxTokens(1) as never })).toThrow(/guards must be a list/);
  });
});
