import { smudgedInvoice } from '../../examples/practice-server/invoices.ts';
import { systemEffects } from '../../src/effects/effects.ts';
import { createInbox } from '../../src/escalation/create-inbox.ts';
import type { Describe, Escalation, Issue, Store } from '../../src/index.ts';
import { type App, storeKey } from './app.ts';

// Named by variables: the app is compiled on its own, against the built package.
const remoteStorePath = '../../examples/next/lib/remote-store.ts';
const describePath = '../../examples/next/lib/describe-invoice.ts';

export interface Filing {
  readonly number: string;
  readonly ageMs?: number;
  readonly total?: number;
  readonly currency?: string;
  readonly title?: string;
  readonly mail?: string;
  /** What the model answered in each of its attempts, in place of an invoice. */
  readonly answer?: string;
  readonly issues?: readonly Issue[];
}

const misread: Issue = { message: 'Read the numbers again.', path: ['total'], check: 'adds-up', kind: 'content' };

/** Files escalations into the memory of the app, as runs would have done some time ago. */
export async function fileInvoices(app: App, filings: readonly Filing[]): Promise<readonly Escalation[]> {
  const { remoteStore } = await import(remoteStorePath);
  const store: Store = remoteStore(`${app.url}/api/store`, storeKey);
  const describeInvoice: Describe = (await import(describePath)).describeInvoice;
  const filed: Escalation[] = [];
  for (const filing of filings) {
    const { number, ageMs = 0, total = 1636, issues = [misread] } = filing;
    const { title, currency = 'GBP', mail = smudgedInvoice.mail.replace('INV-2043', number) } = filing;
    const inbox = createInbox({ store }, { ...systemEffects, now: () => Date.now() - ageMs });
    const { escalation } = await inbox.file({
      requestKey: crypto.randomUUID(),
      scope: 'public',
      stage: 'human',
      prompt: [{ role: 'user', content: [{ type: 'text', text: mail }] }],
      metadata: { invoice: number, from: 'scanner@yourcompany.example' },
      describe: (request) => ({ ...describeInvoice(request), ...(title === undefined ? {} : { title }) }),
      history: [118.5, 158.5].map((unitPrice, index) => ({
        type: 'attempt',
        number: index + 1,
        stage: 'retry',
        model: 'gpt-5-mini',
        text: filing.answer ?? JSON.stringify({ ...invoice(unitPrice, total), currency }),
        verdict: { type: 'fail', issues },
        usage: {
          inputTokens: { total: 100, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 50, text: undefined, reasoning: undefined },
        },
        startedAt: new Date(Date.now() - ageMs).toISOString(),
        durationMs: 300,
      })),
    });
    filed.push(escalation);
  }
  return filed;
}

function invoice(unitPrice: number, total: number) {
  return {
    vendor: 'Fisher & Sons Print',
    vendorId: 'V-11860',
    lines: [
      { description: 'paper, A2, carton', quantity: 12, unitPrice },
      { description: 'toner', quantity: 2, unitPrice: 64 },
      { description: 'delivery', quantity: 1, unitPrice: 18 },
    ],
    total,
  };
}
