import { saysThereIsMore, skipSpace } from '../text/trivia.ts';
import { mark, scalar, unquoted, word } from './written-lines.ts';

/** Whether a scalar beside a list may be an item of it. */
type MayBeItem = (scalar: unknown) => boolean;

const lastBefore = new RegExp(`(?:^|[\\n\\[,])[ \\t]*${scalar}[ \\t]*,\\s*$`, 'iu');

/** Whether an item and a comma stand right before a value: `3, {"a":1}`. */
export function isItemBefore(before: string, mayBeItem: MayBeItem): boolean {
  const item = lastBefore.exec(before)?.[1];
  return item !== undefined && mayBeAny(item, mayBeItem);
}

/** Whether a list goes on, or ends, after a value that is one of its items. */
export function listGoesOn(text: string, end: number): boolean {
  const behind = text.charAt(skipSpace(text, end));
  return behind === ',' || behind === ']';
}

const wordBehind = new RegExp(`^[ \\t]*\\r?\\n[ \\t]*${mark}${word}[ \\t]*(?:\\r?\\n|$)`, 'iu');

/** Whether a line after a list is one word with a bullet. */
export function isWordBehind(behind: string): boolean {
  return wordBehind.test(behind);
}

const scalarLine = new RegExp(
  `^[ \\t]*(?:${mark})?(?:<[\\w-]{1,64}>)?${scalar}(?:</[\\w-]{1,64}>)?[ \\t]*(?:,[ \\t]*)?$`,
  'gimu',
);
const commentLine = /^[ \t]*\/[/*].*$/gm;
/** What says at the beginning of a line, or with a number, that a list goes on. */
const more =
  /^[ \t(]*(?:\.{3}|…)|\b(?:and|plus|there (?:are|is|were)|und|et|y|e|es gibt|hay) \d+ (?:more|others?|further|additional|remaining|weitere|autres|más|otros|altri|mais|outros)\b|\b\d+ (?:more|other|further|additional|remaining) (?:items?|entr(?:y|ies)|elements?|objects?|rows?|lines?|values?|records?|results?)\b/imu;
const endsEarly =
  '(?:truncated|to be continued|continue[sd]|cut (?:off|short)|abridged|abbreviated|shortened|omitted|left out|incomplete|gekürzt|ausgelassen|fortsetzung|tronqué\\p{L}*|truncad\\p{L}+|omitid\\p{L}+|troncat\\p{L}+|省略)';
/** What says so in brackets on a line of its own, or in the first words of a line. */
const cut = new RegExp(
  `^[ \\t>*_]*(?:[([（【<](?![^\\n]*\\b(?:not?|nothing|none|without)\\b)[^\\n]{0,80}?(?<!\\p{L})${endsEarly}(?!\\p{L})[^\\n]{0,80}[)\\]）】>][ \\t*_]*$|(?:the )?(?:(?:list|output|response|results?|answer|rest|json|data|remaining \\p{L}+) )?(?:(?:is|are|was|were|has been|have been) )?${endsEarly}(?=[.!,;\\s*_]*$| (?:in|on|below|for|due|to|because|at|here|after)\\b))`,
  'imu',
);

/** Whether a text beside a list has items of it: scalars on lines of their own, or words that say so. */
export function hasItems(beside: string, mayBeItem: MayBeItem): boolean {
  if (more.test(beside) || cut.test(beside)) return true;
  for (const [comment] of beside.matchAll(commentLine)) if (saysThereIsMore(comment, true)) return true;
  for (const [, item = ''] of beside.matchAll(scalarLine)) if (mayBeAny(item, mayBeItem)) return true;
  return false;
}

/** Whether one of the values that a scalar may stand for may be an item. */
function mayBeAny(written: string, mayBeItem: MayBeItem): boolean {
  const text = unquoted(written);
  const named = text.toLowerCase();
  if (mayBeItem(text) || (Object.hasOwn(literals, named) && mayBeItem(literals[named]))) return true;
  return !Number.isNaN(Number(text)) && mayBeItem(Number(text));
}

const literals: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, none: null };
