import { expect, test } from 'vitest';
import { noContradiction } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { saysJson } from '../fixtures.ts';

const answer = 'We open on 3 May. Doors open at nine. The opening is on 5 May.';
const pair = (one: string, other: string, message = 'Settle on one date.') => ({ answer: one, other, message });
const found = async (pairs: readonly object[], text = answer) => {
  const verdict = await runCheck(noContradiction({ model: saysJson({ contradictions: pairs }) }), text);
  return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message) : [];
};

test('shows the model the material and the answer, each fenced, and the schema of its verdict', async () => {
  const model = saysJson({ contradictions: [] });
  const params = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Opening hours?' }] }] } as never;
  const check = noContradiction({ model, sources: ['We are closed in June.', 'Doors open at ten.'] });
  expect(await runCheck(check, answer, { params })).toEqual({ type: 'pass' });
  const [call] = model.calls;
  const [system, user] = call?.prompt ?? [];
  expect(system?.content).toMatch(/^You look for contradictions: .*is no contradiction\./s);
  const [part] = (user?.content ?? []) as unknown as { text: string }[];
  const text = part?.text ?? '';
  const nonce = /<quote-(\w+)>/.exec(text)?.[1] ?? '';
  expect(nonce).toMatch(/^[\da-f]{8}$/);
  expect(text).toBe(
    `The material:\n<quote-${nonce}>Opening hours?\n\nWe are closed in June.\n\nDoors open at ten.</quote-${nonce}>\n\nThe answer:\n<quote-${nonce}>${answer}</quote-${nonce}>`,
  );
  const passage = { type: 'string', description: expect.stringMatching(/\w/) };
  expect(call?.responseFormat).toMatchObject({
    type: 'json',
    schema: {
      type: 'object',
      properties: {
        contradictions: {
          type: 'array',
          description: 'Pairs of passages that cannot both be true; empty when there are none.',
          items: {
            type: 'object',
            properties: { answer: passage, other: passage, message: passage },
            required: ['answer', 'other', 'message'],
            additionalProperties: false,
          },
        },
      },
      required: ['contradictions'],
      additionalProperties: false,
    },
  });
});

test('takes the pairs alone that have two passages, and says what to do where the model does not', async () => {
  expect(await found([pair('', 'The opening is on 5 May.')])).toEqual([]);
  expect(await found([pair('We open on 3 May.', ' … ')])).toEqual([]);
  expect(await found([pair('Doors open at nine', 'The opening is on 5 May', ' ')])).toEqual([
    'Settle the contradiction. "Doors open at nine" contradicts "The opening is on 5 May".',
  ]);
});

test('ends with the run, and at its own time', async () => {
  const reason = new Error('gone');
  const check = noContradiction({
    model: saysJson({ contradictions: [] }),
    timeoutMs: 5,
    after: ['json'],
    name: 'own',
  });
  expect(check).toMatchObject({ name: 'own', after: ['json'], timeoutMs: 5 });
  const plain = noContradiction({ model: saysJson({ contradictions: [] }) });
  expect(plain).toMatchObject({ name: 'noContradiction' });
  expect(plain).not.toHaveProperty('after');
  expect(plain).not.toHaveProperty('timeoutMs');
  await expect(runCheck(plain, answer, { abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('does not send a huge answer', async () => {
  const model = saysJson({ contradictions: [] });
  expect(await runCheck(noContradiction({ model }), 'a'.repeat(200_000))).toEqual({ type: 'pass' });
  expect(await runCheck(noContradiction({ model }), 'a'.repeat(200_001))).toMatchObject({
    issues: [{ message: 'Shorten the answer to at most 200000 characters; a longer one is not judged.' }],
  });
  expect(model.calls).toHaveLength(1);
});

test('needs a model that there is', () => {
  const refused = expect.objectContaining({ argument: 'model', message: 'noContradiction() needs a model.' });
  expect(() => noContradiction({} as never)).toThrow(refused);
  expect(() => noContradiction({ model: null as never })).toThrow(refused);
  expect(() => noContradiction({ model: {} as never })).toThrow();
  expect(() => noContradiction({ model: 'openai/gpt-5' })).not.toThrow();
});
