import { check } from '../../../src/index.ts';
import { Invoice } from '../../practice-server/invoice-schema.ts';
import { vendors } from '../vendors.ts';

/** The lines make the total. */
export const addsUp = check('adds-up', Invoice, ({ value: { lines, total } }) => {
  const sum = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
  if (Math.abs(sum - total) < 0.005) return true;
  const message = `Read the lines and the total again: the lines add up to ${sum}, the total is ${total}.`;
  return [{ message, path: ['total'] }];
});

/** The vendor id is the one the company's books have for the vendor. */
export const inTheBooks = check('in-the-books', Invoice, ({ value: { vendor, vendorId } }) => {
  const isKnown = vendors.some((known) => known.vendorId === vendorId && known.name === vendor);
  return isKnown || [{ message: `Correct the vendor id: ${vendorId} is not the id of ${vendor}.`, path: ['vendorId'] }];
});
