import { parsePartialJson } from 'ai';
import type { Content, Delivery, Ending, Seen } from './play.ts';
import type { Scenario } from './scenario.ts';

/** A streamed run beside the generated one. */
export interface Pair {
  readonly played: Scenario;
  readonly generated: Ending;
  readonly streamed: Seen;
  readonly delivery: Delivery;
}

/** What a streamed run has other than the generated one, in words. */
export async function differences(pair: Pair): Promise<string[]> {
  const { generated, streamed } = pair;
  if (pair.delivery !== 'buffer' && !keepsToOne(pair)) return [];
  // Answers that contradict what was shown are cancelled, so that nobody knows whether they repeat their issues.
  const hasMore = streamed.calls > generated.calls && !(await hasContradicting(streamed));
  const found = hasMore ? ['more calls'] : [];
  if (await isExcused(pair)) return found;
  const hasSameEnd = streamed.error === generated.error && hasSameValue(pair);
  return [...found, ...(hasSameEnd ? contentOf(pair) : ['another end']), ...meanwhile(pair)];
}

/** The value, or the text in a chat, where what was shown before stays. */
function hasSameValue({ played, generated, streamed }: Pair): boolean {
  if (generated.error !== undefined) return true;
  if (played.kind === 'calls') return endsAlike(String(streamed.value), String(generated.value));
  if (isSame(streamed.value, generated.value)) return true;
  // Values that were shown as they were read stay so, in an answer that is wrong elsewhere.
  return generated.outcome === 'unchanged' && isReadFrom(streamed.value, generated.value, bareValue(played));
}

function bareValue({ kind, right }: Scenario): unknown {
  if (kind === 'array') return (right as { readonly elements: unknown }).elements;
  return kind === 'choice' ? (right as { readonly result: unknown }).result : right;
}

/** Texts of answers whose calls were refused come before the last one, which repeats none of them. */
function endsAlike(shown: string, text: string): boolean {
  return shown.endsWith(text) || shown.startsWith(text.trim()) || text.startsWith(shown);
}

/** Whether a value has only parts of the wrong one and of the right one. */
function isReadFrom(value: unknown, wrong: unknown, right: unknown): boolean {
  if (isSame(value, wrong) || isSame(value, right)) return true;
  if (!isContainer(value) || !isContainer(wrong) || !isContainer(right)) return false;
  return Object.entries(value).every(([key, member]) => isReadFrom(member, memberOf(wrong, key), memberOf(right, key)));
}

/** The exceptions that the documents name. */
async function isExcused(pair: Pair): Promise<boolean> {
  const { played, generated, streamed, delivery } = pair;
  const isUnaccepted = generated.outcome !== 'accepted' && generated.content.length > 0;
  // What was cancelled cannot be delivered when all calls after it fail, or as the best of all.
  const mayBeMissed = generated.outcome === 'not-accepted' || played.answers.some(({ breaks }) => breaks !== undefined);
  if (isUnaccepted && mayBeMissed && wasCancelled(pair)) return true;
  // What a check of the caller's would have said of an answer that contradicts what was shown is not known.
  const isEnded = streamed.outcome === 'unchanged' || streamed.outcome === 'accepted';
  if (generated.error !== undefined && isEnded && (await hasContradicting(streamed))) return true;
  // One that was cancelled because it contradicts what was shown: an answer before it may take its place.
  const isGivenUp =
    streamed.error !== undefined || streamed.cancelled.length > 0 || streamed.outcome === 'not-accepted';
  if (!isGivenUp || streamed.text === '') return false;
  if (delivery === 'live' && played.judgesWhole) return true;
  return isUnaccepted && (await contradicts(pair));
}

/** Whether the answer that the generated run delivers was cancelled in the streamed one. */
function wasCancelled({ generated, streamed }: Pair): boolean {
  const delivered = textOf(generated.content);
  return streamed.cancelled.some(({ content }) => textOf(content as readonly Content[]) === delivered);
}

/** Whether the accepted answer is the one that the others begin. A model may say two things that are both accepted. */
function keepsToOne({ played, generated: { outcome, value } }: Pair): boolean {
  const isValue = played.call.output !== undefined && value !== undefined && outcome === 'accepted';
  return !isValue || isSame(value, bareValue(played));
}

/** Whether the reader saw what the answer that was delivered contradicts: no stream can take it back. */
async function contradicts({ played, generated, streamed }: Pair): Promise<boolean> {
  const text = textOf(generated.content);
  return played.call.output === undefined ? !text.startsWith(streamed.text) : !(await begins(streamed.text, text));
}

/** Whether an answer was cancelled that says other than what the reader saw. */
async function hasContradicting({ cancelled, text }: Seen): Promise<boolean> {
  const agree = cancelled.map(({ content }) => begins(text, textOf(content as readonly Content[])));
  return (await Promise.all(agree)).includes(false);
}

async function begins(shown: string, json: string): Promise<boolean> {
  const [beginning, longer, whole] = await Promise.all(
    [shown, `${shown}x`, json].map((text) => parsePartialJson(text)),
  );
  // A string that takes another letter is open, and may go on; one that is closed is all there is of it.
  const isOpen = !isSame(beginning?.value, longer?.value);
  const mayGoOn = (value: string, whole: string) => (isOpen ? whole.startsWith(value) : whole === value);
  return (
    whole?.state === 'successful-parse' && isBeginning(beginning?.value, whole.value, { isEqual: Object.is, mayGoOn })
  );
}

/** The other parts, in their order; those of answers that were not accepted come first. */
function contentOf({ generated, streamed, delivery }: Pair): string[] {
  if (generated.error !== undefined) return [];
  const wanted = generated.content.map(said);
  const had = streamed.content.map(said);
  // A text of the caller's own stands behind what was shown of the answer in its place.
  if (delivery === 'buffer' || (generated.calls === 1 && generated.outcome !== 'not-accepted')) {
    // Two blocks of an answer that is read become one, if the first was not shown before.
    const isAlike = isSame(trimmed(had), trimmed(wanted)) || isSame(merged(had), trimmed(wanted));
    if (isAlike) return [];
    if (generated.outcome !== 'unchanged') return ['other content'];
    // What was shown of JSON that is wrong elsewhere is one block with the rest; values that were shown as read stay so.
    const isRead = !isSame(streamed.value, generated.value);
    const isOneBlock = isRead ? isSame(withoutText(had), withoutText(wanted)) : isSame(merged(had), merged(wanted));
    return isOneBlock ? [] : ['other content'];
  }
  const others = (all: readonly Said[]) => all.filter(({ type }) => type !== 'text');
  const shown = others(had);
  const own = others(wanted);
  // Of an answer that goes out after a later one failed, those that were not shown before come behind the later one's.
  const last = shown.slice(Math.max(0, shown.length - own.length));
  const isThere = generated.outcome === 'unchanged' ? isInOrder(own, shown) : isSame(last, own);
  return isThere || own.length === 0 ? [] : ['other parts'];
}

/** Whether all are among others, in their order. */
function isInOrder(some: readonly Said[], others: readonly Said[]): boolean {
  let next = 0;
  for (const other of others) if (isSame(other, some[next])) next += 1;
  return next === some.length;
}

interface Said {
  readonly type: string;
  readonly what: unknown;
}

function said({ type, text, toolName, input, invalid, ...part }: Content): Said {
  if (type === 'text' || type === 'reasoning') return { type, what: text };
  if (type === 'tool-call' || type === 'tool-error') return { type, what: [toolName, input, invalid === true] };
  const { file, id } = part as { file?: { base64: string }; id?: string };
  return { type, what: file?.base64 ?? id };
}

/** Without blank texts, and white space around others: no text is where all of it was cut away. */
function trimmed(content: readonly Said[]): Said[] {
  return content.flatMap((part) => {
    const what = part.type === 'text' ? String(part.what).trim() : part.what;
    return what === '' ? [] : [{ ...part, what }];
  });
}

/** With the place of the first text, and without its words. */
function withoutText(content: readonly Said[]): Said[] {
  const first = content.find(({ type }) => type === 'text');
  return content.flatMap((part) => (part === first ? { ...part, what: '' } : part.type === 'text' ? [] : [part]));
}

/** With all the text in the place of the first. */
function merged(content: readonly Said[]): Said[] {
  const what = content.map((part) => (part.type === 'text' ? part.what : '')).join('');
  const first = content.find(({ type }) => type === 'text');
  return trimmed(
    content.flatMap((part) => (part === first ? [{ ...part, what }] : part.type === 'text' ? [] : [part])),
  );
}

/** Whether what was seen before the end is what the end has. */
function meanwhile({ played, generated, streamed, delivery }: Pair): string[] {
  const { kind } = played;
  if (streamed.error !== undefined || kind === 'text' || kind === 'calls') return [];
  const { value, partials, elements } = streamed;
  // Of an answer in two blocks, the SDK reads the first alone.
  if ([generated, streamed].some(({ content }) => content.filter(({ type }) => type === 'text').length > 1)) return [];
  const found = isSame(partials.at(-1) ?? value, value) ? [] : ['another last partial value'];
  if (kind === 'array' && !isSame(elements, value)) found.push('other elements');
  if (delivery !== 'buffer' && !partials.every((partial) => isBeginning(partial, value, { isEqual: mayBecome })))
    found.push('a value taken back');
  return found;
}

interface Comparing {
  /** Compares two scalars that are no strings. */
  readonly isEqual: (value: unknown, whole: unknown) => boolean;
  /** Compares two strings. @default whether the one begins the other */
  readonly mayGoOn?: (value: string, whole: string) => boolean;
}

/** Whether a value is what another one was before all of it was there. */
function isBeginning(value: unknown, whole: unknown, comparing: Comparing): boolean {
  const { isEqual, mayGoOn = (value, whole) => whole.startsWith(value) } = comparing;
  if (typeof value === 'string') return typeof whole === 'string' && mayGoOn(value, whole);
  if (!isContainer(value)) return isEqual(value, whole);
  if (!isContainer(whole) || Array.isArray(value) !== Array.isArray(whole)) return false;
  return Object.entries(value).every(([key, member]) => isBeginning(member, memberOf(whole, key), comparing));
}

/** The last number of an answer comes in the provider's pieces: `-0.5` as `-0`, `1e+21` as `1e+2`. */
function mayBecome(value: unknown, whole: unknown): boolean {
  if (typeof whole !== 'number') return value === whole;
  const digits = String(whole);
  return Array.from(digits, (_, index) => Number(digits.slice(0, index + 1))).some((number) => number === value);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function memberOf(container: object, key: string): unknown {
  return Object.hasOwn(container, key) ? (container as Record<string, unknown>)[key] : undefined;
}

function textOf(content: readonly Content[]): string {
  return content.map(({ type, text = '' }) => (type === 'text' ? text : '')).join('');
}

/** Whether two values are equal, whatever the order of their members. */
function isSame(left: unknown, right: unknown): boolean {
  return sorted(left) === sorted(right);
}

function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_, member) =>
      isContainer(member) && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
        : member,
    ) ?? 'nothing'
  );
}
