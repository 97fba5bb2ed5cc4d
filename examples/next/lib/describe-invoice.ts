import type { Describe } from 'ai-staged-retry';
import { isObject } from './fields.ts';
import { formatMoney } from './labels.ts';

/** What the team reads of an invoice before they open it; large ones come first. */
export const describeInvoice: Describe = ({ value, metadata }) => {
  const { vendor, currency, total } = isObject(value) ? value : {};
  const title = [metadata?.invoice ?? 'An invoice', ...(typeof vendor === 'string' ? [vendor] : [])].join(' · ');
  if (typeof total !== 'number') return { title };
  return {
    title,
    fields: { Total: formatMoney(total, currency) },
    priority: total >= 10_000 ? 2 : total >= 1_000 ? 1 : 0,
  };
};

/** What is known of a mail before a model reads it: told in events, escalations and filters. */
export function mailMetadata(mail: string): { readonly invoice?: string; readonly from?: string } {
  const invoice = /\b[A-Z]{2,4}-\d{3,}\b/.exec(mail)?.[0];
  const from = /^From:\s*(\S{1,80})\s*$/m.exec(mail)?.[1];
  return { ...(invoice === undefined ? {} : { invoice }), ...(from === undefined ? {} : { from }) };
}
