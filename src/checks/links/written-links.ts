import type { Steps } from '../../effects/in-turns.ts';

/**
 * The links that stand in a text: addresses, destinations of Markdown and HTML, and schemes that run code. Each pattern is
 * bounded, so that a text is read in linear time.
 */
export function* writtenLinks(text: string): Steps<string[]> {
  // Most strings of a JSON answer have none of what a link cannot do without.
  if (!/[:=]|\/\/|\]\(/.test(text)) return [];
  const found: string[] = [];
  for (const [link] of text.matchAll(address)) {
    yield;
    found.push(link.replace(/[.,;:!?]+$/, ''));
  }
  for (const [, bracketed, plain] of text.matchAll(destination)) {
    yield;
    const written = bracketed ?? plain ?? '';
    const link = destined(written.replace(/\\([!-/:-@[-`{-~])/g, '$1'));
    const isRelative = !link.startsWith('//') && /^[#/.?]/.test(link);
    if (link !== '' && !isRelative) found.push(link);
  }
  for (const [, double, single, bare, automatic] of text.matchAll(attribute)) {
    yield;
    const link = destined(double ?? single ?? bare ?? automatic ?? '');
    if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(link)) found.push(link);
  }
  return found;
}

/** Parentheses belong to a link in pairs. */
const address =
  /(?<!\\)\b[a-z][a-z\d+.-]{1,20}:\/\/(?:(?:[^\s<>"'`\])}|\\(/@?#]{1,100}@)?\[[\da-f:.]{2,45}\])?(?:[^\s<>"'`\])}|\\(]|\([^\s<>"'`()]{0,200}\)){0,2000}|(?<![\w:/.\\-])\/\/(?:\[[\da-f:.]{2,45}\]|[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,10})(?![\w(-])(?:[^\s<>"'`\])}|\\(]){0,2000}|\b(?:javascript|vbscript):(?:[^\s<>"'`\])}|\\(]|\([^\s<>"'`()]{0,200}\)){1,2000}|\bdata:[a-z]{1,20}\/[\w.+-]{1,60}[;,][^\s"'`<>)]{0,2000}/giu;
const destination =
  /(?:\]\(\s{0,20}|^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{0,20})(?:<([^<>\n]{1,2000})>|((?:[^\s()<]|\([^\s()]{0,200}\)){1,2000})(?=\)|\s+["'(]|[ \t]*$))/gimu;
const attribute =
  /\b(?:href|src|srcset|action|formaction|poster|ping|cite)\s{0,5}=\s{0,5}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'<>]{1,2000}))|<([a-z][a-z\d+.-]{1,31}:[^\s<>]{1,2000})>/giu;

/** Hosts without a protocol that programs make links of. */
export function* bareHosts(text: string): Steps<string[]> {
  const found: string[] = [];
  for (const [host] of text.matchAll(bareHost)) {
    yield;
    found.push(host.replace(/[.,;:!?]+$/, ''));
  }
  return found;
}

const bareHost =
  /(?<![\p{L}\p{N}_@/.:-])www\.[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,10}[^\s<>"'`\])}|\\(]{0,2000}/giu;

/** A destination as browsers take it: with its entities read, and without the blanks and the slashes they make nothing of. */
function destined(written: string): string {
  const link = written.replace(entity, (_, hex, decimal, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? '';
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? '' : String.fromCodePoint(code);
  });
  return link.replace(blank, '').replace(/^[/\\]{2,}/, '//');
}

const entity = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(colon|tab|newline|sol|bsol|amp|period|lpar|rpar)\b);?/gi;
const named: Readonly<Record<string, string>> = {
  colon: ':',
  sol: '/',
  bsol: '\\',
  amp: '&',
  period: '.',
  lpar: '(',
  rpar: ')',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them
const blank = /^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]/g;
