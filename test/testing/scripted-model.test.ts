import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateText } from 'ai';
import { describe, expect, test } from 'vitest';
import { scriptedModel } from '../../src/testing/index.ts';

const prompt = 'Hello.';

describe('a scripted model', () => {
  test('gives its answers in turn, and then the last one again', async () => {
    const model = scriptedModel(['a', 'b']);
    const texts: string[] = [];
    for (let call = 1; call <= 3; call++) texts.push((await generateText({ model, prompt })).text);
    expect(texts).toEqual(['a', 'b', 'b']);
  });

  test('fails the call after its last answer, when asked to', async () => {
    const model = scriptedModel(['a'], { whenUsedUp: 'throw' });
    await generateText({ model, prompt });
    const error = await generateText({ model, prompt }).catch((caught) => caught);
    expect(InvalidArgumentError.isInstance(error)).toBe(true);
    expect(error.message).toBe('The script is used up: it has answers for 1 calls, and this is call 2.');
  });

  test('fails with an error of the script, and answers what a function makes of the call', async () => {
    const model = scriptedModel([new Error('reset'), ({ prompt }, call) => `${prompt.length} in call ${call}`]);
    await expect(generateText({ model, prompt, maxRetries: 0 })).rejects.toThrow('reset');
    expect((await generateText({ model, prompt })).text).toBe('1 in call 2');
  });
});
