import { InvalidArgumentError } from '@ai-sdk/provider';
import { inTurns, type Steps } from '../effects/in-turns.ts';
import { refuseBadOptions } from '../errors/refuse-bad-options.ts';
import type { Answer } from '../model/answer.ts';
import { parseJson } from '../trace/parse-json.ts';
import type { Check, FoundIssue } from './check.ts';
import { withoutCode } from './code/without-code.ts';
import { configuredBy } from './configured.ts';
import { anyJson } from './json.ts';
import { isReachable, type Reaching } from './links/reachable.ts';
import { bareHosts, writtenLinks } from './links/written-links.ts';
import { unescaped } from './places/escapes.ts';
import { leavesOf } from './places/leaves.ts';
import { mostPlaces, type Place, placesAt, toPath } from './places/place.ts';

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

const optionNames = { protocols: 'list', hosts: 'list', reachable: true, name: 'string' } as const;

const either = new Intl.ListFormat('en', { type: 'disjunction' });
const mostIssues = 200;
const mostAsked = 20;
const longestText = 10_000_000;

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
  return configuredBy([options], {
    name,
    async test(answer, { abortSignal }) {
      const found = await inTurns(linksIn(answer, hosts !== undefined), { length: answer.text.length, abortSignal });
      abortSignal?.throwIfAborted();
      const issues = await judgeLinks(found, { ...options, protocols }, abortSignal);
      if (answer.text.length <= longestText) return issues;
      return [
        ...issues,
        { message: `Shorten the text to ${longestText} characters; links after that are not checked.` },
      ];
    },
  });
}

interface WrittenLink {
  readonly link: unknown;
  /** What it leads to, where that is not what is written. */
  readonly url?: string;
  readonly path: FoundIssue['path'] & object;
}

/** Each link once, where it stands first. */
function* linksIn(answer: Answer, areHostsJudged: boolean): Steps<readonly WrittenLink[]> {
  const found = new Map<string, WrittenLink>();
  for (const { text, path } of textsOf(answer)) {
    yield;
    // What stands in code is no link, but names a host.
    const links = yield* writtenLinks(areHostsJudged ? text : yield* withoutCode(text));
    const entries = links.map(written);
    if (areHostsJudged) for (const link of yield* bareHosts(text)) entries.push({ link, url: `http://${link}` });
    for (const entry of entries) if (!found.has(entry.link)) found.set(entry.link, { ...entry, path: path() });
  }
  return [...found.values()];
}

interface LinkOfText {
  readonly link: string;
  readonly url: string;
}

/** A link without a protocol takes that of the page it stands on. */
function written(link: string): LinkOfText {
  return { link, url: link.startsWith('//') ? `https:${link}` : link };
}

/** The strings of a JSON answer, as their escapes say them, or else the text. */
function* textsOf({ text }: Answer): Generator<{ text: string; path: () => WrittenLink['path'] }> {
  const start = text.slice(0, longestText);
  const json = /^\s*[[{"]/.test(text) && text.length <= longestText ? parseJson(text) : undefined;
  if (json === undefined) {
    yield { text: start, path: () => [] };
    // JSON may stand in it, or be broken.
    if (start.includes('\\')) yield { text: unescaped(start), path: () => [] };
  } else
    for (const leaf of leavesOf(json.value, 'withNames'))
      if (typeof leaf.value === 'string') yield { text: leaf.value, path: () => leaf.path() };
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
  if (paths.length === 0)
    throw new InvalidArgumentError({ argument: 'url', message: "url() needs a place: url('homepage')." });
  return configuredBy([places, options], {
    name,
    schema: anyJson,
    async test({ value }, { abortSignal }) {
      const found = paths.flatMap((path) => placesAt(value, path)).map(({ value: link, path }) => ({ link, path }));
      if (found.length < mostPlaces) return judgeLinks(found, options, abortSignal);
      return `Put fewer than ${mostPlaces} links there.`;
    },
  });
}

async function judgeLinks(
  found: readonly WrittenLink[],
  options: LinkOptions,
  signal: AbortSignal | undefined,
): Promise<FoundIssue[]> {
  const issues: FoundIssue[] = [];
  const sound: WrittenLink[] = [];
  for (const entry of found) {
    if (issues.length >= mostIssues) break;
    const fault = faultOf(entry, options);
    if (fault === undefined) sound.push(entry);
    else issues.push({ message: fault, path: entry.path });
  }
  const { reachable = false } = options;
  if (reachable === false) return issues;
  const how = reachable === true ? {} : reachable;
  const asked = await Promise.all(
    sound.slice(0, mostAsked).map(async ({ link, path, url = String(link) }) => {
      const isThere = await isReachable(url, how, signal);
      return isThere
        ? []
        : [{ message: `Leave out or replace the link ${JSON.stringify(link)}: there is nothing.`, path }];
    }),
  );
  return [...issues, ...asked.flat()];
}

function faultOf({ link, url: absolute }: WrittenLink, options: LinkOptions): string | undefined {
  const { protocols = ['https', 'http'], hosts } = options;
  if (typeof link !== 'string' || link.trim() === '') return 'Give a URL here, as a string.';
  const url = absolute ?? link;
  const shown = JSON.stringify(link.slice(0, 200));
  if (link !== link.trim() || /\s/.test(link) || !URL.canParse(url)) return `Correct the link ${shown}: it is no URL.`;
  const { protocol, hostname, username, password } = new URL(url);
  const scheme = protocol.slice(0, -1);
  if (url === link && !protocols.includes(scheme)) return `Use ${either.format(protocols)} in the link ${shown}.`;
  if (/^https?$/.test(scheme) && !/^[^.]+(?:\.[^.]+)+\.?$|^\[/.test(hostname))
    return `Correct the host of the link ${shown}.`;
  if (username !== '' || password !== '') return `Leave the user name out of the link ${shown}: it hides the host.`;
  if (hostname === '') return undefined;
  const isAllowed = hosts?.some((host) => hostname === host || hostname.endsWith(`.${host}`)) ?? true;
  return isAllowed ? undefined : `Link to ${hosts?.join(', ')} alone; leave out ${shown}.`;
}

function refuseBadNames({ protocols, hosts, reachable }: LinkOptions): void {
  if (protocols?.length === 0 || hosts?.length === 0)
    throw invalid('links() and url() take at least one protocol and one host; leave the option out for the default.');
  if (
    reachable !== undefined &&
    typeof reachable !== 'boolean' &&
    (typeof reachable !== 'object' || reachable === null)
  )
    throw new InvalidArgumentError({ argument: 'reachable', message: 'reachable must be true, false or its options.' });
  const { timeoutMs = 1 } = typeof reachable === 'object' ? reachable : {};
  if (!(timeoutMs > 0)) throw invalid('reachable.timeoutMs of links() and url() must be above 0.');
  const bad = [...(protocols ?? []), ...(hosts ?? [])].find(
    (text) => typeof text !== 'string' || !/^(?:[a-z\d.+-]+|\[[\da-f:.]+\])$/i.test(text),
  );
  if (bad === undefined) return;
  throw invalid(
    `links() and url() take protocols as 'https' and hosts as 'example.com'; ${JSON.stringify(bad)} is neither.`,
  );
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'links', message });
}
