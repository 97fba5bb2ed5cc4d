import { generateText, tool } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  citations,
  fieldPresent,
  judge,
  length,
  matches,
  noRefusal,
  notEmpty,
  openApi,
  sql,
  sqlSafe,
} from '../../src/checks/index.ts';
import { check, lendTools, logEvents, type StagedRetryOptions, withStagedRetry } from '../../src/index.ts';
import { type ScriptedAnswer, scriptedModel } from '../../src/testing/index.ts';

function calls(input: object): ScriptedAnswer {
  const call = { type: 'tool-call', toolCallId: '1', toolName: 'lookUp', input: JSON.stringify(input) } as const;
  return { content: [call], finishReason: 'tool-calls' };
}

async function logged(answers: ScriptedAnswer[], options: StagedRetryOptions, prompt = 'hello'): Promise<string> {
  const lines: string[] = [];
  const model = withStagedRetry(scriptedModel(answers), { ...options, events: logEvents((line) => lines.push(line)) });
  const error = await generateText({ model, prompt, maxRetries: 0 }).catch((error: Error) => error);
  return [...lines, error instanceof Error ? error.message : ''].join('\n');
}

test('an answer that is only observed is masked', async () => {
  const bad = check('q', ({ text }) => `The name "${text}" is bad.`);
  expect(await logged(['Zelda Kowalski'], { mode: 'observe', checks: [bad] })).toContain('The name "…" is bad (q)');
});

test('what lent tools were asked, and what they threw, is masked', async () => {
  const lookUp = tool({
    inputSchema: z.object({ iban: z.string() }),
    execute: async (): Promise<string> => {
      throw new Error('not Zelda, see Kowalski');
    },
  });
  const bad = check('c', () => 'Do not look up DE89370400440532013000, it is Zelda.');
  const answers = ['no', calls({ iban: 'DE89370400440532013000' }), 'no'];
  const told = await logged(answers, {
    checks: [bad],
    stages: [lendTools({ attempts: 1, tools: { lookUp } })],
  });
  expect(told.split('\n').at(-1)).toContain('Do not look up …, it is … (c)');
});

test('headers and stop sequences are masked', async () => {
  const lines: string[] = [];
  const bad = check('c', () => 'Not Zelda, not Kowalski.');
  const model = withStagedRetry(scriptedModel(['no']), {
    checks: [bad],
    events: logEvents((line) => lines.push(line)),
  });
  const asked = { model, prompt: 'x', stopSequences: ['Zelda'], headers: { a: 'Bearer Kowalski' }, maxRetries: 0 };
  await generateText(asked).catch(() => {});
  expect(lines.join('\n')).toContain('Not …, not … (c)');
});

test.each([
  [notEmpty(), '', 'Answer the question: the answer was empty (notEmpty)'],
  [
    noRefusal(),
    "I'm sorry, but I can't help with that.",
    'Answer the request itself; if a part of it cannot be answered',
  ],
  [matches(/^Vendor: \w+$/), 'no', 'Make the answer match /^Vendor: \\w+$/ (matches)'],
  [fieldPresent('vendor.name'), '{"vendor":{}}', '/vendor/name: Add vendor.name; it is missing (fieldPresent)'],
  [length({ min: 4711 }), 'no', 'Write at least 4711 characters; the answer has'],
] as const)('what the library says is legible whatever was asked (%#)', async (made, answer, expected) => {
  const prompt =
    'Answer the request and the question of the vendor, by name, in 4711 characters; cannot it be answered?';
  expect(await logged([answer], { checks: [made] }, prompt)).toContain(expected);
});

test.each([
  [
    sql({ dialect: 'mysql', schema: { clients: ['name', 'surname'] } }),
    'select nmae from clients',
    'There is no column … in clients: use name, surname',
  ],
  [
    sqlSafe({ tables: ['clients', 'orders'] }),
    'select * from payments',
    'Leave out the table …; use only clients, orders',
  ],
  [openApi({ version: '3.1' }), 'openapi: 3.0.0', '/openapi: Write an OpenAPI 3.1 document: make its member openapi'],
  [
    citations({ sources: { 'handbook-2024': 'Zelda', 'terms-vendor': 'Kowalski' }, required: true }),
    'Zelda says so.',
    'Name the sources the answer rests on: handbook-2024, terms-vendor',
  ],
] as const)('what a check was given is legible whatever was asked (%#)', async (made, answer, expected) => {
  const prompt = 'Clients, orders, vendor terms, handbook-2024, OpenAPI 3.1: ask of Zelda and the payments?';
  const told = await logged([answer], { checks: [made] }, prompt);
  expect(told).toContain(expected);
  expect(told).not.toMatch(/Zelda|payments/);
});

test('a number is masked however many values a schema lists', async () => {
  const schema = z.object({ grade: z.enum([...'abcdefghi']).optional(), age: z.number() });
  const bad = check('c', schema, ({ value }) => `Not ${value.age}.`);
  expect(await logged(['{"age":7}'], { checks: [bad] })).toContain('Not … (c)');
});

test('what a judge looked up is masked', async () => {
  const lookUp = tool({ inputSchema: z.object({ id: z.string() }), execute: async () => 'the vendor is Zelda' });
  const verdict = JSON.stringify({ issues: [{ message: 'Name the vendor Zelda, as for Kowalski.', path: [] }] });
  const judging = scriptedModel([calls({ id: 'Kowalski' }), verdict, verdict]);
  const told = await logged(['no'], { checks: [judge({ model: judging, rubric: 'It is right.', tools: { lookUp } })] });
  expect(told).toContain('as for … (judge)');
  expect(told).not.toMatch(/Zelda|Kowalski/);
});
