import { lex } from './lexer.ts';

/** How many fences, and how many opening brackets in prose, are tried for the value. */
const maxCandidates = 16;

/** The one JSON value that stands, valid as it is, in fences or prose; `undefined` when there is none, or more than one. */
export function cutJson(text: string): string | undefined {
  for (const candidates of candidateGroups(text)) {
    const values = new Set(candidates.filter(isJson).map((candidate) => candidate.trim()));
    if (values.size > 0) return values.size === 1 ? [...values][0] : undefined;
  }
  return undefined;
}

/** Where the value may stand: in a fence, or else, unless there are several fences, in brackets. */
export function candidateGroups(text: string): string[][] {
  const fences = fencedBlocks(text);
  return fences.length > 1 ? [fences] : [fences, bracketedRegions(text)];
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function fencedBlocks(text: string): string[] {
  const blocks: string[] = [];
  for (const [, block = ''] of text.matchAll(/```[^\S\n]*(?:[\w-]+[^\S\n]*)?\n([\s\S]*?)\n?```/g)) {
    if (blocks.push(block) === maxCandidates) break;
  }
  return blocks;
}

/** The outermost bracketed regions of a text; the last one may lack its closers. */
function bracketedRegions(text: string): string[] {
  const regions: string[] = [];
  let position = 0;
  for (let tries = 0; tries < maxCandidates; tries += 1) {
    const start = firstBracket(text, position);
    if (start === -1) break;
    const end = endOfRegion(text, start);
    regions.push(text.slice(start, end));
    if (end >= text.length) break;
    position = end;
  }
  return regions;
}

function firstBracket(text: string, from: number): number {
  const offset = text.slice(from).search(/[{[]/);
  return offset === -1 ? -1 : from + offset;
}

function endOfRegion(text: string, start: number): number {
  let depth = 0;
  for (const token of lex(text, start)) {
    if (token.type === 'open') depth += 1;
    if (token.type === 'close') depth -= 1;
    if (depth === 0) return token.end;
  }
  return text.length;
}
