import { InvalidArgumentError } from '@ai-sdk/provider';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Check, FoundIssue } from './check.ts';
import { withoutCode } from './code/without-code.ts';
import { anyJson } from './json.ts';
import { isReachable, type Reaching } from './links/reachable.ts';
import { type Place, placesAt, toPath } from './place.ts';

/** Which links are allowed, and whether they are requested. */
export interface LinkOptions {
  /** The protocols that are allowed. @default ['https', 'http'], for `links` also 'mailto' and 'tel' */
  readonly protocols?: readonly string[];
  /** The only hosts that are allowed, including their subdomains. @default any */
  readonly hosts?: readonly string[];
  /** Whether to request each link to see if it exists: `true`, or how. @default false */
  readonly reachable?: boolean | Reaching;
  /** The check's name; unique on a model. @default the function's name */
  readonly name?: string;
}

const optionNames = { protocols: true, hosts: true, reachable: true, name: true } as const;

const either = new Intl.ListFormat('en', { type: 'disjunction' });
const mostLinks = 200;
const mostAsked = 20;
const longestText = 10_000_000;
/** Parentheses belong to a link in pairs. */
const written =
  /\b[a-z][a-z\d+.-]{1,20}:\/\/(?:[^\s<>"'`\])}|\\(]|\([^\s<>"'`()]{0,200}\)){0,2000}|(?<=\]\()(?:[^\s()]|\([^\s()]{0,200}\)){1,2000}(?=\)|\s+["'(])/giu;

/**
 * The links in the text are well formed and lead to allowed hosts and, with `reachable`, to existing pages.
 *
 * @example links({ hosts: ['example.com'] })
 * @example links({ reachable: { timeoutMs: 3000 } })
 */
export function links(options: LinkOptions = {}): Check {
  refuseBadOptions('links', options, optionNames);
  const { name = 'links', protocols = ['https', 'http', 'mailto', 'tel'], hosts } = options;
  refuseBadNames(options);
  return {
    name,
    async test({ text }, { abortSignal }) {
      const found = new Set<string>();
      // What stands in code is no link, but names a host.
      const start = text.slice(0, longestText);
      for (const [link] of (hosts === undefined ? withoutCode(start) : start).matchAll(written)) {
        if (!/^[#/.]/.test(link)) found.add(link.replace(/[.,;:!?]+$/, ''));
        if (found.size >= mostLinks) break;
      }
      return await judgeLinks(
        [...found].map((link) => ({ link, path: [] })),
        { ...options, protocols },
        abortSignal,
      );
    },
  };
}

/**
 * There is a URL at each of the given places of a JSON answer.
 *
 * @example url(['homepage', 'products.*.link'], { protocols: ['https'] })
 */
export function url(places: Place | readonly Place[], options: LinkOptions = {}): Check {
  refuseBadOptions('url', options, optionNames);
  const { name = 'url' } = options;
  refuseBadNames(options);
  const paths = (typeof places === 'string' ? [places] : places).map(toPath);
  return {
    name,
    schema: anyJson,
    test({ value }, { abortSignal }) {
      const found = paths.flatMap((path) => placesAt(value, path)).map(({ value: link, path }) => ({ link, path }));
      return judgeLinks(found, options, abortSignal);
    },
  };
}

async function judgeLinks(
  found: readonly { readonly link: unknown; readonly path: FoundIssue['path'] & object }[],
  options: LinkOptions,
  signal: AbortSignal | undefined,
): Promise<FoundIssue[]> {
  const issues: FoundIssue[] = [];
  const sound: (typeof found)[number][] = [];
  for (const entry of found) {
    const fault = faultOf(entry.link, options);
    if (fault === undefined) sound.push(entry);
    else issues.push({ message: fault, path: entry.path });
  }
  const { reachable = false } = options;
  if (reachable === false) return issues;
  const how = reachable === true ? {} : reachable;
  const asked = await Promise.all(
    sound.slice(0, mostAsked).map(async ({ link, path }) => {
      const isThere = await isReachable(String(link), how, signal);
      return isThere
        ? []
        : [{ message: `Leave out or replace the link ${JSON.stringify(link)}: there is nothing.`, path }];
    }),
  );
  return [...issues, ...asked.flat()];
}

function faultOf(link: unknown, { protocols = ['https', 'http'], hosts }: LinkOptions): string | undefined {
  if (typeof link !== 'string' || link.trim() === '') return 'Give a URL here, as a string.';
  const shown = JSON.stringify(link.slice(0, 200));
  if (link !== link.trim() || /\s/.test(link) || !URL.canParse(link)) return `Correct the link ${shown}: it is no URL.`;
  const { protocol, hostname, username, password } = new URL(link);
  const scheme = protocol.slice(0, -1);
  if (!protocols.includes(scheme)) return `Use ${either.format(protocols)} in the link ${shown}.`;
  if (/^https?$/.test(scheme) && !/^[^.]+(?:\.[^.]+)+\.?$|^\[/.test(hostname))
    return `Correct the host of the link ${shown}.`;
  if (username !== '' || password !== '') return `Leave the user name out of the link ${shown}: it hides the host.`;
  if (hostname === '') return undefined;
  const isAllowed = hosts?.some((host) => hostname === host || hostname.endsWith(`.${host}`)) ?? true;
  return isAllowed ? undefined : `Link to ${hosts?.join(', ')} alone; leave out ${shown}.`;
}

function refuseBadNames({ protocols = [], hosts = [] }: LinkOptions): void {
  const bad = [...protocols, ...hosts].find((text) => typeof text !== 'string' || !/^[a-z\d.+-]+$/i.test(text));
  if (bad === undefined) return;
  throw new InvalidArgumentError({
    argument: 'links',
    message: `links() and url() take protocols as 'https' and hosts as 'example.com'; ${JSON.stringify(bad)} is neither.`,
  });
}
