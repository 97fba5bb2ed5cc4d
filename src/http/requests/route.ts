import type { InboxAction } from './actor.ts';
import { RequestRefused } from './problem.ts';

/** What a URL and a method ask for. */
export type Route =
  | { readonly type: 'list' | 'stats' | 'watch' | 'export' | 'decide-many' }
  | { readonly type: 'get'; readonly id: string }
  | { readonly type: 'decide' | 'claim' | 'release' | 'assign' | 'note'; readonly id: string }
  | { readonly type: 'show-link' | 'use-link'; readonly token: string };

interface Pattern {
  readonly path: RegExp;
  readonly GET?: InboxAction | 'show-link';
  readonly POST?: InboxAction | 'use-link' | 'decide-many';
}

/** Paths count from their end, so that a handler can be mounted anywhere. */
const patterns: readonly Pattern[] = [
  { path: /\/escalations$/, GET: 'list' },
  { path: /\/escalations\/(?<name>[\w-]{24})$/, GET: 'get' },
  { path: /\/escalations\/(?<name>[\w-]{24})\/decision$/, POST: 'decide' },
  { path: /\/escalations\/(?<name>[\w-]{24})\/claim$/, POST: 'claim' },
  { path: /\/escalations\/(?<name>[\w-]{24})\/release$/, POST: 'release' },
  { path: /\/escalations\/(?<name>[\w-]{24})\/assign$/, POST: 'assign' },
  { path: /\/escalations\/(?<name>[\w-]{24})\/note$/, POST: 'note' },
  { path: /\/decisions$/, GET: 'export', POST: 'decide-many' },
  { path: /\/stats$/, GET: 'stats' },
  { path: /\/changes$/, GET: 'watch' },
  { path: /\/link\/(?<name>[\w.-]{1,4096})$/, GET: 'show-link', POST: 'use-link' },
];

/** Throws what the request is refused with when nothing is there, or not for this method. */
export function routeOf({ url, method }: Pick<Request, 'url' | 'method'>): Route {
  const path = new URL(url).pathname.replace(/\/$/, '');
  const pattern = patterns.find((candidate) => candidate.path.test(path));
  if (pattern === undefined) throw new RequestRefused(404, 'There is nothing at this address.');
  const type = method === 'POST' ? pattern.POST : method === 'GET' || method === 'HEAD' ? pattern.GET : undefined;
  if (type === undefined) {
    const allow = [pattern.GET && 'GET, HEAD', pattern.POST && 'POST'].filter(Boolean).join(', ');
    throw new RequestRefused(405, `Use ${allow} here.`, { headers: { allow } });
  }
  const name = pattern.path.exec(path)?.groups?.name ?? '';
  switch (type) {
    case 'list':
    case 'stats':
    case 'watch':
    case 'export':
    case 'decide-many':
      return { type };
    case 'show-link':
    case 'use-link':
      return { type, token: name };
    case 'get':
      return { type, id: name };
    case 'decide':
    case 'claim':
    case 'release':
    case 'assign':
    case 'note':
      return { type, id: name };
  }
}
