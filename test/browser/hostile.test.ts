import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Issue } from '../../src/index.ts';
import { describeInBrowser } from './chromium.ts';
import { type Filing, fileInvoices } from './filled-inbox.ts';
import { setting } from './setting.ts';
import { signIn } from './visitor.ts';

/** Files an escalation with a record that nobody would wish for. */
describeInBrowser('an escalation that is hostile', () => {
  const here = setting();
  let ada: Page;
  beforeAll(async () => {
    ada = await here.visit();
    await signIn(ada, 'Ada');
  });

  async function open(filing: Omit<Filing, 'number'>): Promise<void> {
    const [filed] = await fileInvoices(here.app, [{ number: 'INV-1', ...filing }]);
    await ada.goto(`/inbox/${filed?.id}`);
    await ada.getByRole('heading', { name: 'Best answer' }).waitFor();
  }

  /** It can be decided, and nothing of it reaches over the edge of its page. */
  async function reject(): Promise<void> {
    expect(await ada.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByLabel('Then open the next').uncheck();
    await ada.getByRole('button', { name: 'Reject' }).click();
    await ada.getByText('Rejected by you').first().waitFor();
  }

  const line = (index: number) => ({ description: `carton ${index}`, quantity: 1, unitPrice: index });
  const lines = Array.from({ length: 10_000 }, (_, index) => line(index));
  const depth = 10_000;

  test.each<[string, Omit<Filing, 'number'>, RegExp]>([
    ['a list of ten thousand lines', { answer: JSON.stringify({ vendor: 'V', lines }) }, /And 9,800 more rows/],
    [
      'ten thousand fields',
      { answer: JSON.stringify(Object.fromEntries(lines.map(({ description }) => [description, 1]))) },
      /And 9,800 more fields/,
    ],
    ['a nesting of ten thousand lists', { answer: `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}` }, /\[{100}/],
    ['a megabyte without a space', { answer: JSON.stringify({ vendor: 'x'.repeat(1_000_000) }) }, /x{100}/],
    ['a total without end', { answer: '{"vendor":"V","currency":"constructor","total":1e999}' }, /^INV-1 · V$/],
    ['a mail of a megabyte', { mail: 'INV-1 costs 1,636.00\n'.repeat(50_000) }, /INV-1 costs/],
    [
      'a title and an issue without end',
      { title: 'T'.repeat(100_000), issues: [issue('i'.repeat(100_000))] },
      /^T{200}…$/,
    ],
  ])('with %s can be read and decided', async (_, filing, text) => {
    await open(filing);
    await ada.getByText(text).first().waitFor();
    await reject();
  });

  test('with characters that hide or turn around others shows them', async () => {
    const turned = '\u202e0061 latoT\u202c';
    await open({ title: `INV-1 ${turned}`, mail: `Pay\u200b ${turned}`, answer: JSON.stringify({ vendor: turned }) });
    const spelled = '[U+202E]0061 latoT[U+202C]';
    await ada.getByRole('heading', { name: `INV-1 ${spelled}` }).waitFor();
    await ada.getByText(`Pay[U+200B] ${spelled}`).waitFor();
    await ada.getByRole('cell', { name: spelled }).first().waitFor();
    await reject();
  });

  test('that says the same twice says it once', async () => {
    await open({
      issues: [issue('Read again.'), issue('Read again.')],
      answer: '{"__proto__":{"total":1},"toString":2}',
    });
    expect(await ada.getByRole('region', { name: 'What the checks found' }).getByRole('listitem').count()).toBe(1);
    await ada.getByRole('rowheader', { name: 'To string' }).first().waitFor();
    await reject();
  });

  test('leaves the server nothing to complain about', () => {
    expect(here.app.errors).toEqual([]);
  });
});

function issue(message: string): Issue {
  return { message, path: [], check: 'reading', kind: 'content' };
}
