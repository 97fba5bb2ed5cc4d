import type { Alphabet } from './alphabet.ts';
import type { Edge, Expression, Look } from './expression.ts';

/** An expression as instructions for an automaton that follows all ways at once (Thompson's construction). */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly entry: number;
  /** Whether it can begin at an end of the text only: where its reading begins. */
  readonly isAnchored: boolean;
  /** Whether the text is read from its end to its start. */
  readonly isBackward: boolean;
}

export type Instruction =
  /** Goes on after a character of the set. */
  | { readonly type: 'character'; readonly set: number; readonly next: number }
  | { readonly type: 'split'; readonly next: number; readonly other: number }
  /** Goes on where these of the context's bits, and no others of the mask, are set. */
  | { readonly type: 'condition'; readonly mask: number; readonly bits: number; readonly next: number }
  | { readonly type: 'accept'; readonly next: number };

/** What holds at a position of the text, one bit each; after these, one for each lookahead and lookbehind. */
export const START = 1;
export const END = 2;
export const WORD = 4;
export const LINE_START = 8;
export const LINE_END = 16;
const FIRST_LOOK = 32;

/** A program and, in the order in which they build on each other, those of its lookaheads and lookbehinds. */
export interface Programs {
  readonly main: Program;
  readonly looks: readonly { readonly program: Program; readonly bit: number }[];
  /** Whether it asks where words or lines begin and end. */
  readonly hasEdges: boolean;
}

export function compileExpression(expression: Expression, alphabet: Alphabet): Programs {
  const bits = new Map<Look, number>();
  const looks: { program: Program; bit: number }[] = [];
  let hasEdges = false;

  function programOf(whole: Expression, isBackward: boolean): Program {
    const instructions: Instruction[] = [{ type: 'accept', next: 0 }];
    const add = (instruction: Instruction) => instructions.push(instruction) - 1;

    /** Adds the instructions for an expression, before those that begin at `next`; answers where they begin. */
    function compile(expression: Expression, next: number): number {
      switch (expression.type) {
        case 'character':
          return add({ type: 'character', set: alphabet.setOf(expression.source), next });
        case 'sequence': {
          const { parts } = expression;
          return (isBackward ? parts : parts.toReversed()).reduce((entry, part) => compile(part, entry), next);
        }
        case 'choice':
          return expression.options
            .map((option) => compile(option, next))
            .reduce((entry, other) => add({ type: 'split', next: entry, other }));
        case 'repetition':
          return repeat(expression, next);
        case 'edge':
          if (expression.at !== 'start' && expression.at !== 'end') hasEdges = true;
          return add({ type: 'condition', ...CONDITIONS[expression.at], next });
        case 'look': {
          const mask = bitOf(expression);
          return add({ type: 'condition', mask, bits: expression.isNegative ? 0 : mask, next });
        }
      }
    }

    /** `x{2,4}` as `xx(x(x)?)?`, `x{2,}` as `xxx*`. */
    function repeat({ part, min, max }: Extract<Expression, { type: 'repetition' }>, next: number): number {
      let entry = next;
      if (max === Number.POSITIVE_INFINITY) {
        entry = add({ type: 'split', next, other: next });
        instructions[entry] = { type: 'split', next: compile(part, entry), other: next };
      } else {
        for (let count = min; count < max; count++) {
          entry = add({ type: 'split', next: compile(part, entry), other: next });
        }
      }
      for (let count = 0; count < min; count++) entry = compile(part, entry);
      return entry;
    }

    const entry = compile(whole, 0);
    return { instructions, entry, isAnchored: isAnchored(instructions, entry, isBackward ? END : START), isBackward };
  }

  function bitOf(look: Look): number {
    const known = bits.get(look);
    if (known !== undefined) return known;
    const program = programOf(look.part, !look.isBehind);
    const bit = FIRST_LOOK << looks.length;
    looks.push({ program, bit });
    bits.set(look, bit);
    return bit;
  }

  const main = programOf(expression, false);
  return { main, looks, hasEdges };
}

const CONDITIONS: Readonly<Record<Edge, { readonly mask: number; readonly bits: number }>> = {
  start: { mask: START, bits: START },
  end: { mask: END, bits: END },
  'line-start': { mask: LINE_START, bits: LINE_START },
  'line-end': { mask: LINE_END, bits: LINE_END },
  word: { mask: WORD, bits: WORD },
  'no-word': { mask: WORD, bits: 0 },
};

/** Whether no way leads on from the entry but where the text begins to be read. */
function isAnchored(instructions: readonly Instruction[], entry: number, edge: number): boolean {
  const seen = new Set([entry]);
  for (const at of seen) {
    const instruction = instructions[at] as Instruction;
    switch (instruction.type) {
      case 'accept':
      case 'character':
        return false;
      case 'split':
        seen.add(instruction.next).add(instruction.other);
        break;
      case 'condition':
        if (instruction.mask !== edge) seen.add(instruction.next);
    }
  }
  return true;
}
