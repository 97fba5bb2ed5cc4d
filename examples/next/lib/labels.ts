import { nameOf } from './name-of.ts';
import { visible } from './visible.ts';

export type Path = readonly (string | number)[];

/** A path for people: `['lines', 0, 'unitPrice']` is "Line 1 · Unit price". */
export function labelOf(path: Path): string {
  const words: string[] = [];
  for (const key of path) {
    const list = words.at(-1);
    if (typeof key === 'string') words.push(nameOf(key));
    else if (list === undefined) words.push(`Item ${key + 1}`);
    else words[words.length - 1] = `${singular(list)} ${key + 1}`;
  }
  return words.join(' · ');
}

/** Members of an invoice that are amounts of money. */
const amounts = ['total', 'unitPrice', 'amount'];

export function isAmount(path: Path): boolean {
  const name = path.at(-1);
  return typeof name === 'string' && amounts.includes(name);
}

/** A value as people write it; amounts in the invoice's own currency. */
export function formatValue(value: unknown, path: Path, currency?: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return isAmount(path) ? formatMoney(value, currency) : value.toLocaleString('en');
  return visible(typeof value === 'string' ? value : JSON.stringify(value));
}

export function formatMoney(amount: number, currency: unknown): string {
  const isKnown = typeof currency === 'string' && /^[A-Z]{3}$/.test(currency);
  const plain = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return amount.toLocaleString('en', isKnown ? { style: 'currency', currency } : plain);
}

/** What runs cost is often less than a cent. */
export function formatUsd(usd: number): string {
  const digits = usd > 0 && usd < 0.01 ? 5 : 2;
  return usd.toLocaleString('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function formatDuration(duration: number): string {
  const ms = Math.max(0, duration); // two servers may have told the two times
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}

function singular(list: string): string {
  return list.replace(/s$/, '');
}
