import { vendors } from '../../node/vendors.ts';
import { Invoice } from '../../practice-server/invoice-schema.ts';
import { formatMoney } from './labels.ts';

interface Finding {
  readonly message: string;
  readonly path: (string | number)[];
}

/** The lines make the total. */
export function addsUp({ lines, total, currency }: Invoice): readonly Finding[] {
  const sum = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  if (Math.abs(sum - total) < 0.005) return [];
  const [added, printed] = [sum, total].map((amount) => formatMoney(amount, currency));
  return [
    { message: `Read the numbers again: the lines add up to ${added}, the total is ${printed}.`, path: ['total'] },
  ];
}

/** The vendor id is the one our books have for the vendor. */
export function inTheBooks({ vendor, vendorId }: Invoice): readonly Finding[] {
  if (vendors.some((known) => known.vendorId === vendorId && known.name === vendor)) return [];
  return [{ message: `Correct the vendor id: ${vendorId} is not the id of ${vendor}.`, path: ['vendorId'] }];
}

/** An invoice held to the rules as well: what a person writes is judged while they type as the model's answers are. */
export const CheckedInvoice = Invoice.superRefine((invoice, context) => {
  for (const finding of [...addsUp(invoice), ...inTheBooks(invoice)]) {
    context.addIssue({ code: 'custom', message: finding.message, path: finding.path });
  }
});
