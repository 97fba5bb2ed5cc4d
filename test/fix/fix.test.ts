import { generateText, Output, streamText } from 'ai';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, withStagedRetry } from '../../src/index.ts';
import { errorOf, feedback, Invoice, says } from '../fixtures.ts';

const prompt = 'Extract the invoice.';
const output = Output.json();

/** What the caller gets for an answer; `undefined` when the model was asked again. */
async function mended(text: string, finishReason = 'stop'): Promise<string | undefined> {
  const model = says({ content: [{ type: 'text', text }], finishReason }, 'null');
  const result = await generateText({ model: withStagedRetry(model), output, prompt });
  return model.calls.length === 1 ? result.text : undefined;
}

describe('an answer is cut out of', () => {
  const value = '{"vendor": "Acme", "lines": [1, 2]}';

  test.each([
    ['a fence', `\`\`\`json\n${value}\n\`\`\``],
    ['a fence without a language', `\`\`\`\n${value}\n\`\`\``],
    ['prose and a fence', `Sure! Here it is:\n\n\`\`\`json\n${value}\n\`\`\`\n\nAnything else?`],
    ['prose before and after', `Here is the invoice: ${value} I hope this helps.`],
    ['prose with an apostrophe', `Here's the invoice: ${value}`],
    ['prose with brackets of its own', `As asked [in your mail], the invoice: ${value}`],
    ['white space', `\n\n ${value}\n`],
  ])('%s', async (_, text) => {
    expect(JSON.parse((await mended(text)) ?? '')).toEqual({ vendor: 'Acme', lines: [1, 2] });
  });

  test.each([
    ['two values', `${value}\n${value.replace('Acme', 'Apex')}`],
    ['two fences', `\`\`\`json\n{"a":1}\n\`\`\`\n\`\`\`json\n{"a":2}\n\`\`\``],
    ['a fence and a different value in prose', `{"a":1}\n\`\`\`json\n{"a":2}\n\`\`\`\n\`\`\`json\n{"a":3}\n\`\`\``],
  ])('but not where there are %s', async (_, text) => {
    expect(await mended(text)).toBeUndefined();
  });
});

describe('an answer is mended in', () => {
  test.each([
    ['single quotes', "{'vendor': 'Acme'}", { vendor: 'Acme' }],
    ['curly quotes', '{“vendor”: “Acme”}', { vendor: 'Acme' }],
    ['names without quotes', '{vendor: "Acme"}', { vendor: 'Acme' }],
    ['a comma at the end', '{"vendor": "Acme", "lines": [1, 2,],}', { vendor: 'Acme', lines: [1, 2] }],
    ['a missing comma', '{"vendor": "Acme" "total": 12}', { vendor: 'Acme', total: 12 }],
    ['line comments', '{"vendor": "Acme", // the seller\n "total": 12}', { vendor: 'Acme', total: 12 }],
    ['block comments', '{"vendor": /* the seller */ "Acme"}', { vendor: 'Acme' }],
    ['missing final closers', '{"vendor": "Acme", "lines": [1, {"a": "b"', { vendor: 'Acme', lines: [1, { a: 'b' }] }],
    ['one missing closer', '{"vendor": "Acme", "lines": [1, 2]', { vendor: 'Acme', lines: [1, 2] }],
    ['single quotes in a fence', "```json\n{'vendor': 'Acme',}\n```", { vendor: 'Acme' }],
  ])('%s', async (_, text, value) => {
    expect(JSON.parse((await mended(text)) ?? 'null')).toEqual(value);
  });
});

describe('an answer is never made of', () => {
  test.each([
    ['a cut-off number', '{"total": 1234'],
    ['a cut-off number in a list', '[1, 23'],
    ['a cut-off string', '{"vendor": "Ac'],
    ['a cut-off word', '{"paid": tru'],
    ['a word that is no literal', '{"paid": True}'],
    ['a member without a value', '{"vendor": "Acme", "total":'],
    ['a name without a value', '{"vendor": "Acme", "total"'],
    ['a missing value in between', '{"vendor": , "total": 12}'],
    ['prose', "I'm sorry, I can't help with that."],
    ['one word', 'tru'],
    ['a bare number with a unit', '12 EUR'],
    ['nothing', ''],
    ['white space', ' \n'],
    ['an opening bracket alone', '{'],
    ['a value without quotes', '{"vendor": Acme Inc}'],
    ['strings put together with a plus', '{"vendor": "Ac" + "me"}'],
    ['undefined', '{"vendor": undefined}'],
    ['a call', 'ObjectId("1")'],
    ['an ellipsis', '[1, 2, ...]'],
  ])('%s', async (_, text) => {
    expect(await mended(text)).toBeUndefined();
  });

  test('an answer that is cut off, even after a complete value', async () => {
    expect(await mended('{"total": 12, "lines": [1]', 'length')).toBeUndefined();
    expect(await mended('```json\n{"total": 12}\n```', 'length')).toBeUndefined();
    expect(await mended('{"total": 12}', 'length')).toBe('{"total": 12}');
    expect(await mended("{'total': 12}", 'content-filter')).toBeUndefined();
  });
});

describe('properties', () => {
  // The SDK refuses such names by itself when it parses an answer.
  const mayPass = (value: unknown) => !/"__proto__"|"constructor"/.test(JSON.stringify(value));
  const json = fc.json({ maxDepth: 4 }).filter((text) => mayPass(JSON.parse(text)));
  const object = fc
    .dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 })
    .filter(mayPass);
  const prose = fc.constantFrom('', 'Sure! ', 'Here it is:\n', "That's all.\n\n");

  test('valid JSON goes through as it is, white space and all', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (text) => {
        expect(await mended(text)).toBe(text);
      }),
    );
  });

  test('an object in prose is found as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(object, prose, prose, async (value, before, after) => {
        const text = JSON.stringify(value);
        expect(await mended(`${before}${text}${after}`)).toBe(text);
      }),
    );
  });

  test('a beginning of an answer becomes at most a beginning of its value', async () => {
    await fc.assert(
      fc.asyncProperty(object, fc.nat(), async (value, position) => {
        const whole = JSON.stringify(value);
        const text = whole.slice(0, position % whole.length);
        const result = await mended(text);
        if (result !== undefined) expect(isBeginning(JSON.parse(result), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever the model writes, every scalar of the result stands in its text', async () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      "'",
      '"a"',
      'b',
      '12',
      '1.',
      '-',
      'true',
      'tru',
      'null',
      '//c\n',
      '/*',
      '*/',
      ' ',
      '\n',
      '```json\n',
      '```',
      '\\',
      '“x”',
      '...',
      '+',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { maxLength: 24 }), async (fragments) => {
        const text = fragments.join('');
        const result = await mended(text);
        if (result === undefined) return;
        const written = text.replace(/\\([bnt"\\/'])/g, (_, letter: string) => escapes[letter] ?? letter);
        for (const scalar of scalarsOf(JSON.parse(result))) expect(text + written).toContain(String(scalar).trim());
      }),
      { numRuns: 2000 },
    );
  });
});

const escapes: Readonly<Record<string, string>> = { b: '\b', n: '\n', t: '\t' };

/** The same value with members or items left out at the end, and nothing else in it. */
function isBeginning(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part) && Array.isArray(whole)) {
    return part.length <= whole.length && part.every((item, index) => isBeginning(item, whole[index]));
  }
  if (typeof part === 'object' && part !== null && typeof whole === 'object' && whole !== null) {
    return Object.entries(part).every(([name, member]) =>
      isBeginning(member, (whole as Record<string, unknown>)[name]),
    );
  }
  return Object.is(part, whole) || (part === 0 && whole === 0);
}

function scalarsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(scalarsOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(scalarsOf);
  return typeof value === 'number' ? [] : [value];
}

test('what was mended is judged, and delivered, generated or streamed', async () => {
  const text = "Sure!\n```json\n{'vendor': 'Acme', 'total': 12,}\n```";
  const model = withStagedRetry(says(text), { checks: [Invoice] });
  expect((await generateText({ model, prompt })).text).toBe('{"vendor": "Acme", "total": 12}');
  const streamed = streamText({ model, prompt, output: Output.object({ schema: Invoice }) });
  expect(await streamed.text).toBe('{"vendor": "Acme", "total": 12}');
});

test('what was mended and is still wrong is named by its path', async () => {
  const model = says("{'vendor': 'Acme', 'total': 'twelve'}", '{"vendor":"Acme","total":12}');
  await generateText({ model: withStagedRetry(model, { checks: [Invoice] }), prompt });
  expect(feedback(model)).toContain('At /total: ');
});

test('an answer that need not be JSON is left alone', async () => {
  const model = withStagedRetry(says("```json\n{'a': 1}\n```"), { checks: [check('any', () => true)] });
  expect((await generateText({ model, prompt })).text).toBe("```json\n{'a': 1}\n```");
});

test('fix: false leaves every answer as it is', async () => {
  const model = says('```json\n{"vendor":"Acme","total":12}\n```');
  const error = await errorOf(
    generateText({ model: withStagedRetry(model, { checks: [Invoice], fix: false }), prompt }),
  );
  expect(error).toMatchObject({ bestAttempt: { verdict: { issues: [{ kind: 'syntax' }] } } });
});
