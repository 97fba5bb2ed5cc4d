import { nameOf } from './name-of.ts';

const labels: Readonly<Record<string, string>> = {
  'adds-up': 'Sum of the lines',
  'in-the-books': 'Vendor book',
  responseFormat: 'Schema',
  invoice: 'Schema',
};

/** A check's name for people. */
export function checkLabel(check: string): string {
  return labels[check] ?? nameOf(check);
}
