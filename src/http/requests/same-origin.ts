import { RequestRefused } from './problem.ts';

/**
 * Refuses a request that a page of another site makes a browser send. Browsers say so themselves in `Sec-Fetch-Site`;
 * older ones only name the origin. A request with neither does not come from a page.
 */
export function requireSameOrigin({ headers, url }: Pick<Request, 'headers' | 'url'>): void {
  const site = headers.get('sec-fetch-site');
  if (site !== null) {
    if (site === 'same-origin' || site === 'none') return;
    throw crossSite();
  }
  const origin = headers.get('origin');
  if (origin === null) return;
  const own = [new URL(url).host, headers.get('host'), headers.get('x-forwarded-host')];
  const host = hostOf(origin);
  if (host === undefined || !own.includes(host)) throw crossSite();
}

/** Behind a proxy the scheme is another one, so that only hosts compare. */
function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

function crossSite(): RequestRefused {
  return new RequestRefused(403, 'This was sent from a page of another site.');
}
