import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { passphrase } from './app.ts';
import { chromiumPath } from './chromium.ts';

/** A fresh browser that asks nobody on the internet for anything. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Somebody with a browser of their own; whatever breaks in their pages breaks the test. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto('/');
  return page;
}

/** Somebody of the team. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/inbox');
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('textbox', { name: 'passphrase' }).fill(passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(`Signed in as ${name}`).waitFor();
}

/** Sends a practice invoice, or a mail of one's own. */
export async function send(page: Page, invoice: { number: string } | { mail: string }): Promise<void> {
  if ('number' in invoice) await page.getByRole('button', { name: invoice.number }).click();
  else await page.getByLabel('The mail').fill(invoice.mail);
  await page.getByRole('button', { name: 'Extract' }).click();
}

/** Sends the invoice that needs a person; the path of its escalation. */
export async function escalate(page: Page, mail?: string): Promise<string> {
  await page.goto('/');
  await send(page, mail === undefined ? { number: 'INV-2043' } : { mail });
  const link = page.getByRole('link', { name: 'Open the escalation in the inbox' });
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
}

export async function expectAnswer(page: Page, answer: Readonly<Record<string, string>>): Promise<void> {
  await page.getByText(/^Accepted after/).waitFor();
  for (const [field, value] of Object.entries(answer)) {
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: field, exact: true }) });
    expect(await row.getByRole('cell').textContent()).toBe(value);
  }
}
