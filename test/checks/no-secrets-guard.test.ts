import { describe, expect, test } from 'vitest';
import { noSecrets } from '../../src/checks/index.ts';
import type { CallOptions, Message } from '../../src/model/language-model.ts';
import { runCheck } from '../../src/testing/index.ts';
import { errorOf } from '../fixtures.ts';

/** Made at run time, so that no scanner takes this file for a leak. */
const token = `ghp_${'aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYz2A4'.slice(0, 36)}`;
const escaped = JSON.stringify(token).replace('_', '\\u005f').slice(1, -1);

const says = (role: 'user' | 'assistant', text: string) => ({ role, content: [{ type: 'text', text }] }) as Message;
const messages = (issues: readonly { readonly message: string }[]) => issues.map(({ message }) => message);

/** What a guard says of a request, whose answer is not there yet. */
async function guarded(prompt: readonly Message[], more: Partial<CallOptions> = {}, answer = '') {
  const verdict = await runCheck(noSecrets(), answer, { attempt: 0, params: { prompt, ...more } });
  return verdict.type === 'fail' ? messages(verdict.issues) : [];
}

const leaveOut = (where: string) => `Leave out the GitHub token${where}; write a placeholder where one is needed.`;

describe('a guard', () => {
  test('names the message and the line of each secret, in the order they stand', async () => {
    const prompt = [
      says('user', `Hi.\n${token}`),
      says('assistant', 'Done.'),
      says('user', `${token} and\n\n${token}`),
    ];
    expect(await guarded(prompt)).toEqual([
      leaveOut(' (message 1, user, line 2)'),
      leaveOut(' (message 3, user, line 1)'),
      leaveOut(' (message 3, user, line 3)'),
    ]);
  });

  test('finds what is written with escapes, and what has a backslash beside it', async () => {
    expect(await guarded([says('user', `Use ${escaped}.`)])).toEqual([leaveOut(' (message 1, user)')]);
    expect(await guarded([says('user', `C:\\tmp ${token}`)])).toEqual([leaveOut(' (message 1, user, line 1)')]);
    expect(await guarded([says('user', 'C:\\tmp')])).toEqual([]);
  });

  test('looks at the tools', async () => {
    const tools = [{ type: 'function', name: 'pay', description: `Pays with ${token}.`, inputSchema: {} } as const];
    expect(await guarded([says('user', 'Pay.')], { tools })).toEqual([leaveOut(' (the tool pay, line 1)')]);
  });

  test('looks at the request and not at an answer', async () => {
    expect(await guarded([says('user', 'Hi.')], {}, token)).toEqual([]);
  });

  test('names twenty secrets', async () => {
    const prompt = Array.from({ length: 5 }, () => says('user', Array(5).fill(token).join('\n')));
    expect(await guarded(prompt)).toHaveLength(20);
  });
});

describe('an answer', () => {
  const verdictOn = async (answer: string) => {
    const verdict = await runCheck(noSecrets(), answer);
    return verdict.type === 'fail' ? verdict.issues : [];
  };

  test('that is text has the line of each secret, and twenty of them', async () => {
    expect(messages(await verdictOn(`\nOne.\n${token}`))).toEqual([leaveOut(' (line 3)')]);
    expect(await verdictOn(Array(25).fill(token).join('\n'))).toHaveLength(20);
  });

  test('with escapes is read without them', async () => {
    expect(messages(await verdictOn(`Use ${escaped}.`))).toEqual([leaveOut('')]);
  });
});

test('it has its own name, or the one that is given', () => {
  expect([noSecrets().name, noSecrets({ name: 'keys' }).name]).toEqual(['noSecrets', 'keys']);
});

test.each([[[1]], [['a', undefined]], ['a']])('allow %o is refused', async (allow) => {
  expect(await errorOf((async () => noSecrets({ allow: allow as never }))())).toMatchObject({ argument: 'allow' });
});

test.each<[string, readonly Message[], Partial<CallOptions>, string]>([
  ['the instructions', [{ role: 'system', content: `Use ${token}.` }], {}, ' (message 1, system, line 1)'],
  [
    'a text that a tool is called with',
    [
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: '1', toolName: 'run', input: `echo ${token}` }],
      },
    ],
    {},
    ' (message 1, assistant, line 1)',
  ],
  [
    'a tool without a description',
    [says('user', 'Hi.')],
    {
      tools: [
        { type: 'function', name: 'run', inputSchema: { type: 'object', properties: { key: { const: token } } } },
      ],
    },
    ' (the tool run, line 1)',
  ],
  [
    "a provider's tool",
    [says('user', 'Hi.')],
    { tools: [{ type: 'provider', id: 'openai.mcp', name: 'mcp', args: { authorization: token } }] },
    ' (the tool mcp, line 1)',
  ],
])('a guard finds a secret in %s', async (_, prompt, more, where) => {
  expect(await guarded(prompt, more)).toEqual([leaveOut(where)]);
});
