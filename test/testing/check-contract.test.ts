import { describe, expect, test } from 'vitest';
import { type Check, check } from '../../src/index.ts';
import { type CheckContractCases, checkContract } from '../../src/testing/index.ts';

const cases: CheckContractCases = { passes: ['{"a":1}'], fails: ['{"a":2}'] };
const fault = (value: unknown) => (value as { a: number }).a === 1 || [{ message: 'Make a 1.', path: ['a'] }];

/** The sentences that are not true of a check. */
async function broken(rule: Check, given = cases): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { title, run } of checkContract(rule, given))
    await run().catch((error: Error) => {
      found[title] = error.message;
    });
  return found;
}

test('a check that does what it should keeps the contract', async () => {
  expect(await broken(check('right', ({ value }) => fault(value)))).toEqual({});
});

describe('a check that breaks the contract is told how', () => {
  test('it passes what is wrong, and fails what is right', async () => {
    expect(await broken(check('lax', () => true))).toEqual({
      'fails "{\\"a\\":2}"': 'The check "lax" passes what is wrong, on "{\\"a\\":2}".',
    });
    expect(await broken(check('strict', () => 'Do better.'))).toEqual({
      'passes "{\\"a\\":1}"': 'The check "strict" says "Do better." of what is right, on "{\\"a\\":1}".',
    });
  });

  test('it finds something else', async () => {
    const fails = [{ answer: '{"a":2}', issue: { path: ['b'], kind: 'content' as const } }];
    expect(
      Object.values(
        await broken(
          check('other', ({ value }) => fault(value)),
          { ...cases, fails },
        ),
      ),
    ).toEqual([
      'The check "other" has no issue with {"path":["b"],"kind":"content"}, and says "/a: Make a 1.", on "{\\"a\\":2}".',
    ]);
  });

  test('it says another thing each time', async () => {
    let count = 0;
    const moody = check('moody', ({ value }) => {
      count += 1;
      return fault(value) === true || `Try ${count}.`;
    });
    expect(Object.keys(await broken(moody))).toEqual(['judges an answer the same each time']);
  });

  test('it remembers what it has judged', async () => {
    const seen = new Set<string>();
    const once = check('once', ({ text, value }) => {
      if (seen.has(text)) return 'Say something new.';
      seen.add(text);
      return fault(value);
    });
    const title = 'remembers nothing of the answers before';
    const message =
      'The check "once" passed it at first, and says "Say something new." after others: it remembers something, on "{\\"a\\":1}".';
    expect(await broken(once)).toMatchObject({ [title]: message });
    let last = '';
    const jealous = check('jealous', ({ text, value }) => {
      const isNew = last !== '' && last !== text;
      last = text;
      return fault(value) === true && isNew ? 'Say it again.' : fault(value);
    });
    expect(Object.keys(await broken(jealous))).toContain(title);
  });

  test('it names a place that leads nowhere', async () => {
    const lost = check('lost', ({ value }) => fault(value) === true || [{ message: 'Add it.', path: ['b', 0, 'c'] }]);
    expect(await broken(lost)).toEqual({
      'names places that the answer has':
        'The check "lost" names the place /b/0/c, which leads nowhere, on "{\\"a\\":2}".',
    });
  });

  test('it names a place that no tool input has', async () => {
    const call = (toolCallId: string, input: string) => ({
      type: 'tool-call' as const,
      toolCallId,
      toolName: 'pay',
      input,
    });
    const named = (path: string[], toolCallId: string) =>
      check({
        name: 'named',
        phase: 'tool-input',
        test: ({ content }) => {
          const isRight = content.some((part) => part.type === 'tool-call' && part.input.includes('"sum":1'));
          return isRight || [{ message: 'Pay 1.', path, toolCallId }];
        },
      });
    const given = {
      passes: [{ content: [call('one', '{"sum":1}')] }],
      fails: [{ content: [call('one', '{"sum":2}')] }, { content: [call('one', '')] }],
    };
    const title = 'names places that the answer has';
    expect(await broken(named(['sum'], 'one'), given)).toEqual({});
    expect(await broken(named(['sum'], 'two'), given)).toEqual({
      [title]: expect.stringContaining('The check "named" names the place /sum, which leads nowhere'),
    });
    const texts = { passes: given.passes, fails: ['Nothing is paid.'] };
    expect(Object.keys(await broken(named(['sum'], 'two'), texts))).toEqual([title]);
    expect(
      Object.keys(
        await broken(check({ name: 'texts', phase: 'tool-input', test: () => [{ message: 'Pay.', path: ['sum'] }] }), {
          passes: [],
          fails: given.fails,
        }),
      ),
    ).toEqual([title]);
  });

  test('it changes the answer', async () => {
    const rude = check('rude', ({ value }) => {
      const found = fault(value);
      (value as { b?: number }).b = 1;
      return found;
    });
    expect(await broken(rude)).toEqual({
      'does not change what it is shown': 'The check "rude" changes the answer that it is shown, on "{\\"a\\":1}".',
    });
  });

  test('it goes on after its run', async () => {
    const deaf = check('deaf', () => new Promise<true>(() => {}));
    const given = { ...cases, stuck: deaf };
    expect(
      await broken(
        check('right', ({ value }) => fault(value)),
        given,
      ),
    ).toEqual({
      'ends when the run is aborted': expect.stringContaining('hand on context.abortSignal'),
    });
    const heeding = check(
      'heeding',
      (_, { abortSignal }) =>
        new Promise<true>((_resolve, reject) => {
          abortSignal?.addEventListener('abort', () => reject(abortSignal.reason));
        }),
    );
    expect(
      await broken(
        check('right', ({ value }) => fault(value)),
        { ...cases, stuck: heeding },
      ),
    ).toEqual({});
  });
});
