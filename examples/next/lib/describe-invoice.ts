import type { Describe } from 'ai-staged-retry';
import { isObject } from './fields.ts';
import { formatMoney } from './labels.ts';

/** Roughly: enough to put large invoices before small ones, whatever their currency. Nothing is paid by it. */
const inEuros = new Map<unknown, number>([
  ['EUR', 1],
  ['GBP', 1.15],
  ['USD', 0.9],
]);

/** What the team reads of an invoice before they open it; its size is its priority. */
export const describeInvoice: Describe = ({ value, metadata }) => {
  const { vendor, currency, total } = isObject(value) ? value : {};
  const title = [metadata?.invoice ?? 'An invoice', ...(typeof vendor === 'string' ? [vendor] : [])].join(' · ');
  if (typeof total !== 'number') return { title };
  return {
    title,
    fields: { Total: formatMoney(total, currency) },
    priority: Math.min(Math.abs(total) * (inEuros.get(currency) ?? 1), Number.MAX_SAFE_INTEGER),
  };
};

/** What is known of a mail before a model reads it: told in events, escalations and filters. */
export function mailMetadata(mail: string): { readonly invoice?: string; readonly from?: string } {
  const invoice = /\b[A-Z]{2,4}-\d{3,}\b/.exec(mail)?.[0];
  const from = /^From:\s*(\S{1,80})\s*$/m.exec(mail)?.[1];
  return { ...(invoice === undefined ? {} : { invoice }), ...(from === undefined ? {} : { from }) };
}
