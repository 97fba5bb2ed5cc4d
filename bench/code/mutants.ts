import type { CodeLanguage } from '../../src/checks/index.ts';

/** What can be taken out of a program, or put into it. */
const markup = /<\/?\w+|["']|\/?>/g;
const brackets = /[()[\]{}]/g;
const quotes = /["'`]/g;
const words: Partial<Record<CodeLanguage, RegExp>> = {
  javascript:
    /\b(?:function|return|const|let|class|new|if|else|for|of|in|while|import|export|from|case|switch|try|catch)\b/g,
  typescript: /\b(?:function|return|const|let|class|interface|extends|type|if|else|for|import|export|from|readonly)\b/g,
  python: /\b(?:def|class|return|import|in|if|for|else|elif|while|try|except|with|as|lambda)\b/g,
  go: /\b(?:func|return|type|struct|if|else|for|range|switch|case|var|package|import|interface|map)\b/g,
  rust: /\b(?:fn|let|mut|impl|for|struct|enum|match|if|else|use|pub|where|trait|mod)\b/g,
  java: /\b(?:class|return|new|if|else|for|while|public|static|void|import|package|extends|try|catch|throws|int)\b/g,
  php: /\b(?:function|return|new|if|else|foreach|as|class|public|static|echo|use|namespace|extends)\b/g,
};

/** A program with one token less or one more; which one follows from the seed alone. */
export function mutantsOf(text: string, language: CodeLanguage, seed: number): string[] {
  const pick = (pattern: RegExp | undefined, share: number) => {
    const places = pattern === undefined ? [] : [...text.matchAll(pattern)];
    return places[Math.floor(((seed * 0.618 + share) % 1) * places.length)];
  };
  const without = (match: RegExpExecArray | undefined) =>
    match === undefined ? [] : [text.slice(0, match.index) + text.slice(match.index + match[0].length)];
  const withMore = (match: RegExpExecArray | undefined, more: string) =>
    match === undefined ? [] : [text.slice(0, match.index) + more + text.slice(match.index)];
  if (language === 'html' || language === 'xml' || language === 'markdown') {
    const fences = /`{3,}/g;
    const tokens = language === 'markdown' ? fences : markup;
    return [...without(pick(tokens, 0.1)), ...without(pick(tokens, 0.5)), ...withMore(pick(tokens, 0.8), '<b>')];
  }
  return [
    ...without(pick(brackets, 0.1)),
    ...without(pick(brackets, 0.6)),
    ...without(pick(quotes, 0.3)),
    ...without(pick(words[language], 0.5)),
    ...withMore(pick(/\w+/g, 0.7), ['(', ')', '[', '}'][seed % 4] ?? '('),
    ...withMore(pick(/\w+/g, 0.9), seed % 2 === 0 ? '"' : "'"),
  ];
}
