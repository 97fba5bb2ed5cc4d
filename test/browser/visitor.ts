import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core';
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

/** Somebody with a browser of their own; whatever breaks in their pages, or is said in their consoles, breaks the test. */
export async function visit(browser: Browser, url: string): Promise<Page> {
  return await arrive(await enter(browser, url));
}

/** A window of a fresh profile. */
export async function enter(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  return await context.newPage();
}

export async function arrive(page: Page): Promise<Page> {
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (isComplaint(message)) throw new Error(`The console says: ${message.text()}`);
  });
  await page.goto('/');
  return page;
}

/** Leaves the window as nobody had used it. */
export async function leave(page: Page): Promise<void> {
  page.removeAllListeners();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().setOffline(false);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.goto('about:blank');
  await page.context().clearCookies();
}

const sessions = new Map<string, Cookies>();
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Somebody of the team, at the inbox; who signed in before brings their session along. */
export async function signIn(page: Page, name: string): Promise<void> {
  const session = `${new URL(page.url()).origin} ${name}`;
  await page.context().addCookies(sessions.get(session) ?? []);
  await page.goto('/inbox');
  if (!sessions.has(session)) await signInAnew(page, name);
  await page.getByText(`Signed in as ${name}`).waitFor();
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  sessions.set(session, await page.context().cookies());
}

async function signInAnew(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('textbox', { name: 'passphrase' }).fill(passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Sends a practice invoice, or a mail of one's own. */
export async function send(page: Page, invoice: { number: string } | { mail: string }): Promise<void> {
  if ('number' in invoice) await page.getByRole('button', { name: new RegExp(invoice.number) }).click();
  else await page.getByLabel('Email').fill(invoice.mail);
  await page.getByRole('button', { name: 'Extract' }).click();
}

/** Sends the invoice that needs a person; the path of its escalation. */
export async function escalate(page: Page, mail?: string): Promise<string> {
  await page.goto('/');
  await send(page, mail === undefined ? { number: 'INV-2043' } : { mail });
  const link = page.getByRole('link', { name: 'Review it in the inbox' });
  await link.waitFor();
  return (await link.getAttribute('href')) ?? '';
}

/** Waits until the answer is accepted; its fields by the labels that people see. */
export async function expectAnswer(page: Page, answer: Readonly<Record<string, string>>): Promise<void> {
  await page
    .getByText(/^Accepted after/)
    .waitFor()
    .catch(async (error) => {
      throw new Error(`Not accepted; the page says:\n${await page.locator('main').ariaSnapshot()}`, { cause: error });
    });
  for (const [field, value] of Object.entries(answer)) {
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: field, exact: true }) });
    expect(await row.getByRole('cell').textContent()).toBe(value);
  }
}

/** Approves the best answer of the escalation that is open, and stays there. */
export async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByLabel('Then open the next').uncheck();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved by you').first().waitFor();
}

/** What a test provokes itself, a request that fails, the browser says too. */
function isComplaint(message: ConsoleMessage): boolean {
  return ['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource');
}
