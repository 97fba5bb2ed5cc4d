import { exampleWords, saysNoAnswer } from './wrapper.ts';

const markOfBlock = /\[(\/?)([\w .:-]{1,64})\](?=\s*(?:[{[]|\n|$))/y;

/** By how many more blocks of examples are open after a bracket that begins no value: `[EXAMPLE]` opens one, `[/EXAMPLE]` closes it. */
export function examplesOpened(text: string, opening: number): number {
  markOfBlock.lastIndex = opening;
  const [, slash, name = ''] = markOfBlock.exec(text) ?? [];
  if (!saysNoAnswer(name)) return 0;
  if (slash === '/') return -1;
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, opening - longestIndent), opening)) ? 1 : 0;
}

const longestIndent = 64;

/** Whether what stands right before a value says that it is an example: a heading, words with a colon, or the name of a fence. */
export function isCalledExample(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - longestLabel), start).trimEnd();
  const [fence = '', name = ''] = fenceBefore.exec(before) ?? [];
  if (name !== '' && isLabel(name)) return true;
  const [line = ''] = /[^\n]*$/.exec(before.slice(0, before.length - fence.length).trimEnd()) ?? [];
  return forExample.test(line) || (heading.test(line) && isLabel(line));
}

const longestLabel = 200;
const fenceBefore = /(?:`{3,}|~{3,})([^\n`~]*)$/;
const forExample = /\b(?:for (?:example|instance)|e\.g\.)[\s,]*:[*_]*$/i;
const heading = /^\s*(?:#{1,6}\s|<!--|\/\/|[*_[(=-]+[^*_[(=-]+[\])*_=-]+\s*$)|[:：][*_\s]*$/;

/** Whether words are no more than the name of an example: other words say what is an answer. */
function isLabel(words: string): boolean {
  const all = words.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const example = all.findIndex((word) => exampleWords.has(word));
  if (example === -1 || all.slice(0, example).includes('of')) return false;
  return all.every((word) => exampleWords.has(word) || besides.has(word));
}

/** Words that a name of an example may have besides. */
const besides: ReadonlySet<string> = new Set([
  ...['a', 'an', 'the', 'one', 'another', 'some', 'this', 'that', 'these', 'here', 'is', 'are', 's', 'just', 'only'],
  ...['simple', 'see', 'of', 'how', 'what', 'it', 'following', 'end', 'begin', 'start', 'valid', 'correct', 'expected'],
  ...['output', 'outputs', 'answer', 'answers', 'response', 'responses', 'reply', 'result', 'results', 'format'],
  ...['structure', 'schema', 'json', 'object', 'value', 'values', 'data', 'call', 'required', 'desired', 'could'],
  ...['would', 'should', 'might', 'look', 'looks', 'like'],
]);
