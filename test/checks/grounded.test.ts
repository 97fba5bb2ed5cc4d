import { generateText } from 'ai';
import { describe, expect, test } from 'vitest';
import { grounded } from '../../src/checks/index.ts';
import { createInbox, EscalationPendingError, human, memoryStore, retry, withStagedRetry } from '../../src/index.ts';
import { runCheck } from '../../src/testing/index.ts';
import { errorOf, feedback, saysJson } from '../fixtures.ts';
import { evidenceCases as firstCases } from './evidence/cases.ts';
import { laterEvidenceCases } from './evidence/later-cases.ts';
import { measureCases } from './evidence/measure-cases.ts';
import { moreEvidenceCases } from './evidence/more-cases.ts';

const promptOf = (source: string) => [{ role: 'user', content: [{ type: 'text', text: source }] }] as const;
const textOf = (answer: string | object) => (typeof answer === 'string' ? answer : JSON.stringify(answer));

const evidenceCases = [...firstCases, ...moreEvidenceCases, ...laterEvidenceCases, ...measureCases];
const faithful = evidenceCases.flatMap(({ title, source, faithful: answers }) =>
  answers.map((answer) => ({ title, source, text: textOf(answer) })),
);
const invented = evidenceCases.flatMap(({ title, source, invented: answers }) =>
  answers.map(([answer, what]) => ({ title, source, text: textOf(answer), what })),
);

const issuesOf = async (source: string, text: string) => {
  const verdict = await runCheck(grounded(), text, { params: { prompt: promptOf(source) } });
  return verdict.type === 'fail' ? verdict.issues : [];
};

describe('on answers to many documents', () => {
  test('there are at least four hundred', () => {
    expect(faithful.length + invented.length).toBeGreaterThanOrEqual(400);
  });

  test.each(invented)('$title: finds $what in $text', async ({ source, text, what }) => {
    const issues = await issuesOf(source, text);
    const found = issues.some(({ message, path }) => message.includes(what) || path.includes(what));
    expect({ found, issues }).toMatchObject({ found: true });
  });

  test('at most one faithful answer in twenty raises a false alarm', async () => {
    const alarms: unknown[] = [];
    for (const { source, text } of faithful) {
      const issues = await issuesOf(source, text);
      if (issues.length > 0) alarms.push([text, issues.map(({ message }) => message)]);
    }
    expect(alarms.length / faithful.length).toBeLessThanOrEqual(0.05);
  });
});

const source = 'Acme billed Jane Doe 1,240.50 EUR on 5 March 2024.';
const judged = async (options: Parameters<typeof grounded>[0], answer: unknown, given = source) => {
  const verdict = await runCheck(grounded(options), textOf(answer as string), { params: { prompt: promptOf(given) } });
  return verdict.type === 'fail' ? verdict.issues : [];
};

describe('grounded', () => {
  test('says which value, and what the source has that is like it', async () => {
    expect(await judged({}, { vendor: 'Acmo', total: 1204.5 })).toEqual([
      {
        check: 'grounded',
        kind: 'content',
        message: 'Take this from the sources, word for word: "Acmo" is in none of them.',
        path: ['vendor'],
        suggestion: 'Acme',
      },
      {
        check: 'grounded',
        kind: 'content',
        message: 'Take this from the sources, word for word: "1204.5" is in none of them.',
        path: ['total'],
        suggestion: '1,240.50',
      },
    ]);
  });

  test('leaves out what is ignored or computed', async () => {
    const answer = { mood: 'upset', lines: [{ id: 'a1', price: 1240.5 }], total: 1476.2 };
    expect(await judged({ ignore: ['mood', 'lines.*.id'], derived: ['total'] }, answer)).toEqual([]);
    expect((await judged({}, answer)).map(({ path }) => path.join('.'))).toEqual(['mood', 'lines.0.id', 'total']);
  });

  test('takes numbers that are near enough', async () => {
    expect(await judged({ tolerance: 0.01 }, { total: 1245 })).toEqual([]);
    expect(await judged({ tolerance: 0.001 }, { total: 1245 })).toHaveLength(1);
  });

  test('takes more sources: texts, or a function of the context', async () => {
    expect(await judged({ sources: ['Account DE12 5001'] }, { account: 'DE125001' })).toEqual([]);
    const sources = async ({ attempt }: { attempt: number }) => [`Account DE12 500${attempt}`];
    expect(await judged({ sources }, { account: 'DE125001' })).toEqual([]);
  });

  test('rests on text files, results of tools, and the values a schema names', async () => {
    const prompt = [
      {
        role: 'user',
        content: [
          { type: 'file', mediaType: 'text/plain', data: new TextEncoder().encode('Total: 17') },
          { type: 'text', text: 'Extract.' },
        ],
      },
    ] as const;
    const schema = { type: 'object', properties: { status: { enum: ['overdue', 'paid'] } } };
    const answer = JSON.stringify({ total: 17, vendor: 'Globex', status: 'overdue' });
    const context = {
      params: { prompt, responseFormat: { type: 'json', schema } as const },
      toolResults: [{ toolName: 'lookUp', output: { name: 'Globex' } }],
    };
    expect(await runCheck(grounded(), answer, context)).toEqual({ type: 'pass' });
    expect(await runCheck(grounded(), answer, { ...context, toolResults: [] })).toMatchObject({
      issues: [{ path: ['vendor'] }],
    });
  });

  test.each([{ tolerance: 1 }, { tolerance: -1 }, { sources: 'text' as never }, { sources: [1] as never }])(
    'refuses %j',
    (options) => {
      expect(() => grounded(options)).toThrow(/tolerance|sources/);
    },
  );

  test('asks a person for what no source has, not the model', async () => {
    const inbox = createInbox({ store: memoryStore() });
    const answers = saysJson({ vendor: 'Acme', iban: 'DE89 3704 0044 0532 0130 00' });
    const model = withStagedRetry(answers, {
      checks: [grounded()],
      stages: [retry({ attempts: 3 }), human({ inbox })],
      scope: 'public',
    });
    const escalation = EscalationPendingError.find(await errorOf(generateText({ model, prompt: source })))?.escalation;
    expect(escalation?.issues).toMatchObject([{ path: ['iban'], kind: 'missing-information' }]);
    expect(answers.calls).toHaveLength(1);

    // What the person writes rests on the person.
    const text = JSON.stringify({ vendor: 'Acme', iban: 'AT61 1904 3002 3457 3201' });
    await inbox.decide(escalation?.id ?? '', { type: 'edit', text });
    expect((await generateText({ model, prompt: source })).text).toBe(text);
  });

  test.each<[source: string, answer: object, kind: string]>([
    ['Date: 5 March 2024.', { date: '2024-03-06' }, 'content'],
    ['Due: 05/03/2024.', { due: '2024-03-06' }, 'content'],
    ['Start: 14:30.', { start: '15:30' }, 'content'],
    ['Total: 12.50 EUR.', { total: 13.5 }, 'content'],
    ['There is no date.', { date: '2024-03-06' }, 'missing-information'],
    ['Start: 5 March 2024.', { start: '15:30' }, 'missing-information'],
    ['Shipped on 5 March 2024.', { birthday: '2024-03-06' }, 'missing-information'],
  ])('tells what %j has, and was misread, from what it has not: %j', async (source, answer, kind) => {
    expect(await runCheck(grounded({ sources: [source] }), JSON.stringify(answer))).toMatchObject({
      issues: [{ kind }],
    });
  });

  test.each(['On the first of May twenty people came.', 'On the first of May nineteen left.'])(
    'takes a count behind a date for no year: %s',
    async (text) => {
      const source = 'On 1 May 2023, 20 people came to the meeting, and 19 left.';
      expect(await runCheck(grounded({ sources: [source] }), text)).toEqual({ type: 'pass' });
    },
  );

  test('asks a person when the model makes up another value for the same place', async () => {
    const inbox = createInbox({ store: memoryStore() });
    const answers = saysJson({ vendor: 'Initech' }, { vendor: 'Umbrella' });
    const model = withStagedRetry(answers, {
      checks: [grounded({ sources: ['The vendor is told elsewhere.'] })],
      stages: [retry({ attempts: 4 }), human({ inbox })],
      scope: 'public',
    });
    expect(EscalationPendingError.isInstance(await errorOf(generateText({ model, prompt: source })))).toBe(true);
    expect(answers.calls).toHaveLength(2);
  });

  test('keeps the model from changing what was right', async () => {
    const answers = saysJson(
      { vendor: 'Acmo', customer: 'Jane Doe', day: '5 March 2024' },
      { vendor: 'Acme', customer: 'Doe', day: '2024-03-05' },
      { vendor: 'Acme', customer: 'Jane Doe', day: '5 March 2024' },
    );
    const model = withStagedRetry(answers, { checks: [grounded()], stages: [retry({ attempts: 3 })] });
    const { text } = await generateText({ model, prompt: source });
    expect(JSON.parse(text).customer).toBe('Jane Doe');
    expect(feedback(answers, 3)).toContain('Keep this as it was: "Jane Doe". Nothing was wrong with it.');
  });

  test.each([
    ['one long number', '9'.repeat(900_000)],
    ['many numbers', '1.'.repeat(450_000)],
    ['many quotation marks', '“a b '.repeat(180_000)],
    ['many names', 'Ab '.repeat(300_000)],
    ['many levels', `${'{"a":['.repeat(10_000)}1${']}'.repeat(10_000)}`],
    ['many spaces', `a${' '.repeat(900_000)}1`],
    ['many addresses', 'a@'.repeat(450_000)],
    ['ten megabytes', 'Acme paid. '.repeat(900_000)],
  ])('comes to an end on %s', async (_, text) => {
    const verdict = await runCheck(grounded(), text, { params: { prompt: promptOf(source) } });
    expect(['pass', 'fail']).toContain(verdict.type);
  });
});

describe('the sign of a number', () => {
  test.each([
    ['Temperature: 5 °C', { temperature: -5 }],
    ['Temperature: -5 °C', { temperature: 5 }],
    ['Temperature: −5 °C', { temperature: '5' }],
    ['The change is -2.5%.', 'The change is 2.5%.'],
    ['The change is 2.5%.', 'The change is -2.5%.'],
    ['The balance is 1,204.00 EUR.', 'The balance is −1,204.00 EUR.'],
    ['The balance is 1,204.00 EUR.', 'The balance is minus 1,204.00 EUR.'],
    ['It takes 3-5 days.', { days: -5 }],
    ['- 5 apples\n- 7 pears, ripe', { offset: -7 }],
    ['Growth was 12 percent.', { growth: '-12 %' }],
    ['The lowest point is at minus 428 m.', { elevation: 428 }],
    ['It was minus five degrees.', 'It was five degrees.'],
    ['Margin: 7', { margin: -7.01 }],
    ['Longitude 2.35, latitude 48.85', { latitude: 48.85, longitude: -2.35 }],
    ['Prices rose to 12 points.', { change: -12 }],
    ['The price fell to 12 euros.', { price: -12 }],
  ])('of %j, not %j', async (given, answer) => {
    const options = { tolerance: JSON.stringify(answer).includes('7.01') ? 0.01 : 0 };
    expect(await judged(options, answer, given)).toHaveLength(1);
  });

  test.each([
    ['Temperature: -5 °C', { temperature: -5 }],
    ['Temperature: −5 °C', { temperature: -5 }],
    ['Temperature: –5 °C', 'It is -5 °C.'],
    ['It was minus 5 degrees.', { temperature: -5 }],
    ['It was 5 degrees below zero.', { temperature: -5 }],
    ['It takes 3-5 days.', { from: 3, to: 5 }],
    ['It takes 3–5 days.', 'It takes 3 - 5 days.'],
    ['It takes 3 - 5 days.', { from: 3, to: 5 }],
    ['- 5 apples\n- 7 pears', { apples: 5, pears: 7 }],
    ['There are 5 apples and 7 pears.', '- 5 apples\n- 7 pears'],
    ['Due on 2024-03-05, room 3-12, call 555-0142', { date: '2024-03-05', room: '3-12', phone: '555-0142' }],
    ['Net result (1,250.00)', { netResult: -1250 }],
    ['Net result -1,250.00', { netResult: '(1,250.00)' }],
    ['Net result (1,250.00)', 'A net loss of 1,250.00.'],
    ['Items (5)', { items: 5 }],
    ['Discount 50.00', { discount: -50 }],
    ['Discount -50.00', { discount: 50 }],
    ['Discount -$50.00', 'There is a discount of $50.'],
    ['Revenue fell by 4.2 percent.', { revenueChange: -4.2 }],
    ['Revenue: -4.2 %', 'Revenue fell by 4.2 %.'],
    ['Credit note 17\nTotal 120.00', { total: -120 }],
    ['Gutschrift Nr. 17\nSumme 120,00', { total: '-120,00' }],
    ['Saldo 1.240,00-', { saldo: -1240 }],
    ['Tolerance ±5 mm', { upper: 5, lower: -5 }],
    ['Tolerance +/-5 mm', { upper: 5, lower: -5 }],
    ['Spread -0.5 to +0.5', { low: -0.5, high: 0.5 }],
    ['Zero: 0', { change: -0 }],
    ['a = -7; b = 7', { a: -7, b: 7 }],
    ['Verlust 95 Mio. Euro', { result: -95e6 }],
    ['Withdrawal 200.00 EUR', { transactions: [{ amount: -200 }] }],
  ])('of %j may be as in %j', async (given, answer) => {
    expect(await judged({}, answer, given)).toEqual([]);
  });

  test('is in what is told, and in what is suggested', async () => {
    expect(await judged({}, 'It is -15 °C.', 'It is 15 °C.')).toMatchObject([
      { message: 'Leave out the number "-15 °C", or correct it: it is in no source.', suggestion: '15 °C' },
    ]);
    expect(await judged({}, { low: 15 }, 'It is -15 °C.')).toMatchObject([{ suggestion: '-15' }]);
  });
});

test('a person may change in an edit what nothing was wrong with, a model may not', async () => {
  const issue = { message: 'Correct it.', path: ['total'], check: 'grounded', kind: 'content' };
  const attempt = { type: 'attempt', text: '{"vendor":"Acme","total":1}', verdict: { type: 'fail', issues: [issue] } };
  const edited = '{"vendor":"Jane Doe","total":1240.5}';
  const verdictAfter = (...decisions: readonly object[]) =>
    runCheck(grounded(), edited, {
      params: { prompt: promptOf(source) },
      history: [attempt, ...decisions.map((decision) => ({ type: 'decision', decision }))] as never,
    });
  expect(await verdictAfter()).toMatchObject({ issues: [{ path: ['vendor'] }] });
  expect(await verdictAfter({ type: 'edit', text: edited })).toEqual({ type: 'pass' });
});

describe('values that are said in another way', () => {
  test.each<[string, unknown]>([
    ['Report of 5 March 2024.', { month: 'March' }],
    ['Report of 5 March 2024.', 'It is from March.'],
    ['Report of 5 March 2024.', 'It is from March 2024.'],
    ['The report of 2024 came on 5 March.', 'It is from March 2024.'],
    ['Report of 2024-03-05.', { day: 'Tuesdays' }],
    ['Due 03.05.24', { due: '2024-05-03' }],
    ['Due 03.05.84', { due: '1984-05-03' }],
    ["Due 3 May '24", { due: '2024-05-03' }],
    ['On the third of May nineteen ninety-four.', { day: '1994-05-03' }],
    [
      'It begins at 15:30, ends at 22:00 and is quiet at midnight.',
      'It begins at half past three and ends at ten o’clock.',
    ],
    ['It is quiet at 00:00.', 'It is quiet at midnight.'],
    ['World Health Organization', { publisher: 'WHO' }],
    ['They measured the body mass index.', { measured: 'BMI' }],
    ['the deluxe room', 'We booked the De-Luxe room.'],
    ['a trip of 3 days', 'It is a 3-day trip.'],
    ['1,234,567 people', { people: 1234567 }],
    ['1.234.567 Einwohner', { people: '1 234 567' }],
    ['12,34,567 people', { people: 1234567 }],
    ['1.234 pieces', { pieces: 1.234, all: 1234 }],
    ['It has twenty five and 7.', 'It has 25 and seven.'],
    ['Rooms seven three.', { rooms: [7, 3] }],
    ['The rate is 5.', 'The rate is 5 %.'],
    ['Dear Ms Fayed', 'Mr al Fayed wrote it.'],
    ['Dear John  Smith', 'It is to John  Smith.'],
    ['She said that the lamp does not care.', 'She said: "the lamp … does not care …"'],
    ['Widget, large, 3 x; gadget, blue', { item: 'Gadget large 3' }],
    ['A note', { note: '…' }],
    ['It says "yes".', 'It says "yes".'],
    ['Rated 4 out of 5.', { rating: 4, best: 5 }],
    ['Rated 4 out of 5.', 'It was rated four out of five, 4/5.'],
    ['Rated 4/5 by users', 'It has 4 out of 5, or four out of five.'],
    ['9 out of 10 agree', 'Nine in ten agree, that is 90%.'],
    ['It is on 3 March 2024', { start: '2024-03-03T00:00:00Z', end: '2024-03-03T00:00:00.000+01:00' }],
    ['It is on 3 March 2024 at 2:30 pm', { start: '2024-03-03T14:30:00', end: '2024-03-03 14:30' }],
    ['It is on 3 March 2024', { start: '20240303', end: 20240303 }],
    ['Case 20240303', { case: 20240303, number: '20240303', date: '2024-03-03' }],
    ['It is on 13 March 2024', { year: 2024, month: 3, day: 13, birthMonth: '03' }],
    ['Open 9am to 5pm', 'Open from 9 to 5, and between 9 and 5.'],
    ['Open 9 to 17', 'Open from 9 to 17 on weekdays.'],
    ['EUR 64.26', { totalCents: 6426, amount_minor: 6426 }],
    ['{"amount_cents": 1999}', { amountCents: 1999 }],
    ['24 hammers and 12 dozen nails', 'Two dozen hammers, 2 dozen hammers, twelve dozen nails, 144 nails'],
    ['The third edition of the 21st century', 'The 3rd edition of the twenty-first century'],
    ['20% are 50% more than 25%.', 'One fifth, half of the rest, and half the others are more than a quarter.'],
    ['The share is 19%.', 'On second thought, a third party asked in the second half of the game, for a third time.'],
  ])('%j may be as in %j', async (given, answer) => {
    expect(await judged({}, answer, given)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['Report of 5 March 2024.', { month: 'April' }, 'April'],
    ['Report of 5 March 2024.', 'It is from April 2024.', 'April 2024'],
    ['The report of 2024 came on 5 March.', 'It is from March 2023.', 'March 2023'],
    ['Report of 2024-03-05.', { day: 'Monday' }, 'Monday'],
    ['Due 03.05.84', { due: '2084-05-03' }, '2084-05-03'],
    ['It opens at 9 am.', 'It opens at 13 pm.', '13'],
    ['World Health Organization', { publisher: 'WHA' }, 'WHA'],
    ['They measured the body mass', { measured: 'BMI' }, 'BMI'],
    ['the deluxe room', 'We booked the De-Mer room.', 'De-Mer'],
    ['a trip of 3 days', 'It is a 4-day trip.', '4'],
    ['Rooms seven three.', { rooms: [73] }, '73'],
    ['The author is Anna', { author: 'Anna Berg' }, 'Anna Berg'],
    ['A note', { ref: '1,2.3.4' }, '1,2.3.4'],
    ['Widget, large, 3 x; gadget, blue', { item: 'Gadget small 3' }, 'Gadget small 3'],
    ['Rated 4 out of 5.', 'It was rated three out of five.', 'three out of five'],
    ['Rated 4 out of 5.', { rating: 3 }, '3'],
    ['It is on 3 March 2024', { start: '2024-03-04T00:00:00Z' }, '2024-03-04'],
    ['It is on 3 March 2024 at 14:30', { start: '2024-03-03T15:30:00' }, '15:30'],
    ['It is on 3 March 2024', { start: '20240304' }, '20240304'],
    ['It is on 13 March 2024', { day: 14, month: 3 }, '14'],
    ['It is on 13 March 2024', { count: 13 }, '13'],
    ['Open 9am to 5pm', 'Open from 9 to 6.', 'from 9 to 6'],
    ['Open 9am to 5pm', 'It has 9 rooms.', '9'],
    ['EUR 64.26', { totalCents: 64.26 }, '64.26'],
    ...['The share is one fifth.', 'It is a third.', 'It fell by a quarter.', 'Half of the customers left.'].map(
      (text): [string, string, string] => ['The share is 19%.', text, 'Leave out the number'],
    ),
    ['12 hammers were sold.', '12 dozen hammers were sold.', '12 dozen'],
    ['12 hammers were sold.', 'Twelve dozen hammers were sold.', 'Twelve dozen'],
    ['The 3rd edition', 'The fourth edition', 'fourth'],
    ['The third edition', 'The 4th edition', '4th'],
    ['It says yes.', `It says "${'no and again no, '.repeat(20)}".`, `${'no and again no, '.repeat(8).slice(0, 119)}…`],
  ])('%j is not as in %j', async (given, answer, shown) => {
    expect(await judged({}, answer, given)).toMatchObject([{ message: expect.stringContaining(shown) }]);
  });

  test('is no nearer to a source than any of its numbers', async () => {
    expect(await judged({ tolerance: 0.01 }, { total: 9999 }, 'Total: 17')).toHaveLength(1);
  });

  test('lists at most thirty, of the first thousand', async () => {
    const numbers = Array.from({ length: 1500 }, (_, index) => 20_000 + index);
    expect(await judged({}, numbers.join('; '), 'Nothing.')).toHaveLength(30);
    expect(await judged({}, numbers, 'Nothing.')).toHaveLength(30);
  });

  test('reads the first ten thousand values and claims', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => 20_000 + index);
    const given = numbers.join('; ');
    expect(await judged({}, `${given}; 7`, given)).toEqual([]);
    expect(await judged({}, [...numbers, 7], given)).toEqual([]);
    expect(await judged({}, [7, ...numbers], given)).toHaveLength(1);
  });
});

describe('what an answer rests on', () => {
  const verdictWith = (context: object) =>
    runCheck(grounded(), 'Globex pays 17 EUR.', { params: { prompt: promptOf('Who pays?') }, ...context });

  test.each<[string, object]>([
    ['a list that a tool returned', { toolResults: [{ toolName: 'ask', output: ['Globex', 'EUR', [17, 18]] }] }],
    ['a text that a tool returned', { toolResults: [{ toolName: 'ask', output: 'Globex pays 17 EUR' }] }],
    [
      'advice of a person',
      { history: [{ type: 'decision', decision: { type: 'feedback', feedback: 'Globex, 17 EUR' } }] as never },
    ],
  ])('may be %s', async (_, context) => {
    expect(await verdictWith(context)).toEqual({ type: 'pass' });
  });

  const cyclic: Record<string, unknown> = { name: 'Globex' };
  cyclic.self = cyclic;

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['what is no JSON', cyclic],
  ])('is not %s that a tool returned', async (_, output) => {
    expect(await verdictWith({ toolResults: [{ toolName: 'ask', output }] })).toMatchObject({ type: 'fail' });
  });
});

describe('what was right in the answer before', () => {
  const keptAfter = async (before: unknown, now: unknown, issuePath: readonly (string | number)[]) => {
    const issue = { message: 'Correct it.', path: issuePath, check: 'grounded', kind: 'content' };
    const verdict = await runCheck(grounded({ sources: [JSON.stringify(now, undefined, 1)] }), textOf(now as object), {
      params: { prompt: promptOf('Extract it.') },
      history: [
        { type: 'attempt', text: textOf(before as object), verdict: { type: 'fail', issues: [issue] } },
      ] as never,
    });
    return verdict.type === 'fail' ? verdict.issues.map(({ path }) => path.join('.')) : [];
  };

  test.each<[string, unknown, unknown, (string | number)[], string[]]>([
    ['stays', { a: 1, b: 2 }, { a: 3, b: 4 }, ['b'], ['a']],
    ['keeps its sign', { a: -5, b: 2 }, { a: 5, b: 4 }, ['b'], ['a']],
    ['may be written in another way', { a: 'Acme, Inc.', b: 2 }, { a: 'ACME Inc', b: 4 }, ['b'], []],
    ['may change when the whole answer was wrong', { a: 1 }, { a: 3 }, [], []],
    ['is not compared with a text', 'a: 1', { a: 3 }, ['b'], []],
    ['is not compared with a number', '7', { a: 3 }, ['b'], []],
    ['is not compared in a text', { a: 1 }, 'It is 3.', ['b'], []],
    ['is compared with what stood in a fence', '```json\n{"a": 1}\n```', { a: 3 }, ['b'], ['a']],
    ['may become a list', { a: 1 }, { a: [3] }, ['b'], []],
    ['may be a list no more', { a: [1] }, { a: { 0: 3 } }, ['b'], []],
    ['may be an object no more', { a: { c: 1 } }, { a: 3 }, ['b'], []],
    ['may move in a list of another length', { a: [1, 2] }, { a: [3] }, ['b'], []],
    ['stays in a list of its length', { a: [1, 2] }, { a: [1, 3] }, ['b'], ['a.1']],
    ['is not what is new', { b: 2 }, { a: 3, b: 4 }, ['b'], []],
    ['stays empty', { a: null, b: 2 }, { a: 3, b: 4 }, ['b'], ['a']],
    ['may change below a place that was wrong', { a: { c: 1 } }, { a: { c: 3 } }, ['a'], []],
    ['may change above a place that was wrong', { a: 1 }, { a: 3 }, ['a', 'c'], []],
  ])('%s', async (_, before, now, issuePath, kept) => {
    expect(await keptAfter(before, now, issuePath)).toEqual(kept);
  });

  test('is looked up for the first ten thousand values', async () => {
    const list = (last: number) => [...Array.from({ length: 10_000 }, () => 1), last];
    expect(await keptAfter(list(2), list(1), ['b'])).toEqual([]);
  });
});

test('rests on what the provider found, and on the advice of a person', async () => {
  const context = { params: { prompt: promptOf('Who is the vendor?') } };
  const value = { vendor: 'Zephyr' };
  const text = JSON.stringify(value);
  const search = { type: 'tool-result', toolCallId: '1', toolName: 'search', result: { found: 'Zephyr' } } as never;
  const source = { type: 'source', sourceType: 'url', id: '1', url: 'https://x.example', title: 'Zephyr' } as never;
  const thought = { type: 'reasoning', text: 'Zephyr' } as never;
  const said = { type: 'text', text } as never;
  expect((await runCheck(grounded(), { text, value, content: [thought, said] }, context)).type).toBe('fail');
  expect((await runCheck(grounded(), { text, value, content: [search, said] }, context)).type).toBe('pass');
  expect((await runCheck(grounded(), { text, value, content: [thought, source, said] }, context)).type).toBe('pass');
  const advised = { type: 'decision', decision: { type: 'retry', advice: 'It is Zephyr.' } } as never;
  expect((await runCheck(grounded(), text, { ...context, history: [advised] })).type).toBe('pass');
  const toolResults = [{ toolName: 'find', output: 'It is Zephyr.' }];
  expect((await runCheck(grounded(), text, { ...context, toolResults })).type).toBe('pass');
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const useless = [
    { toolName: 'find', output: cyclic },
    { toolName: 'find', output: undefined },
  ];
  expect((await runCheck(grounded(), text, { ...context, toolResults: useless })).type).toBe('fail');
});

test('tells thirty issues at most', async () => {
  const numbers = Array.from({ length: 40 }, (_, index) => 1000 + 7 * index);
  expect(await judged({}, numbers)).toHaveLength(30);
  expect(await judged({}, numbers.slice(0, 29))).toHaveLength(29);
});

test('says which option is wrong', () => {
  const message = 'grounded() takes sources: a list of texts, or a function that gives one.';
  expect(() => grounded({ sources: 'text' as never })).toThrow(
    expect.objectContaining({ argument: 'sources', message }),
  );
  expect(() => grounded({ sources: [5 as never] })).toThrow(message);
  expect(() => grounded({ tolerance: 1 })).toThrow(
    expect.objectContaining({ argument: 'tolerance', message: 'tolerance must be a share: 0.01 for one percent.' }),
  );
  expect([grounded().name, grounded({ name: 'own' }).name]).toEqual(['grounded', 'own']);
});
