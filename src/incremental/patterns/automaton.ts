import type { Kind } from './alphabet.ts';
import { spend } from './effort.ts';
import type { Instruction, Program } from './program.ts';

/** What following one instruction costs. */
const STEPS_PER_INSTRUCTION = 5;
/** What making a state costs, and what keeping it counts for. */
const STEPS_PER_STATE = 300;
/** States are forgotten when they count for more than this. */
const MOST_KEPT = 200_000;

/** The instructions that have been reached, and what becomes of them, as far as it was asked. */
export interface State {
  readonly reached: Uint16Array;
  /** By the code of an ASCII character, where nothing particular holds, nothing matches, and something still may. */
  readonly plain: (State | undefined)[];
  /** By context and kind of character. */
  readonly steps: Map<number, (Step | undefined)[]>;
}

export interface Step {
  /** Whether the program matches before the character. */
  readonly accepts: boolean;
  /** After the character; `undefined` once nothing can match any more. */
  readonly next: State | undefined;
}

/** Runs a program with one state for each set of instructions reached, made when it is first needed (a lazy DFA). */
export class Automaton {
  readonly #program: Program;
  readonly #states = new Map<string, State>();
  #start: State | undefined;
  #kept = 0;
  #time = 0;
  /** When an instruction was last followed, and when last reached. */
  readonly #followed: Uint32Array;
  readonly #reached: Uint32Array;

  constructor(program: Program) {
    const { length } = program.instructions;
    this.#program = program;
    this.#followed = new Uint32Array(length);
    this.#reached = new Uint32Array(length);
  }

  get start(): State {
    this.#start ??= this.#stateOf([this.#program.entry]);
    return this.#start;
  }

  /** What a character leads to, if the context holds before it. */
  step(state: State, context: number, kind: Kind): Step {
    const steps = state.steps.get(context);
    const known = steps?.[kind.index];
    if (known !== undefined) return known;
    const step = this.#follow(state, context, kind);
    if (steps !== undefined) steps[kind.index] = step;
    else state.steps.set(context, Object.assign([], { [kind.index]: step }));
    return step;
  }

  #follow(state: State, context: number, kind: Kind): Step {
    const { instructions, entry, isAnchored } = this.#program;
    const followed = this.#followed;
    const wasReached = this.#reached;
    const time = ++this.#time;
    const reached: number[] = [];
    const pending: number[] = Array.from(state.reached);
    let accepts = false;
    let count = 0;

    if (!isAnchored) {
      wasReached[entry] = time;
      reached.push(entry);
    }
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (followed[at] === time) continue;
      followed[at] = time;
      count++;
      const instruction = instructions[at] as Instruction;
      const { next } = instruction;
      switch (instruction.type) {
        case 'accept':
          accepts = true;
          break;
        case 'split':
          pending.push(instruction.other, next);
          break;
        case 'condition':
          if ((context & instruction.mask) === instruction.bits) pending.push(next);
          break;
        case 'character':
          if (wasReached[next] === time || !kind.belongsTo[instruction.set]) break;
          wasReached[next] = time;
          reached.push(next);
      }
    }
    spend(count * STEPS_PER_INSTRUCTION);
    return { accepts, next: reached.length > 0 ? this.#stateOf(reached) : undefined };
  }

  #stateOf(instructions: readonly number[]): State {
    const reached = Uint16Array.from(instructions).sort();
    const key = String.fromCharCode.apply(null, reached as unknown as number[]); // it takes what is like an array
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    spend(STEPS_PER_STATE);
    if (this.#kept > MOST_KEPT) {
      this.#states.clear();
      this.#start = undefined;
      this.#kept = 0;
    }
    this.#kept += STEPS_PER_STATE + reached.length;
    const state = {
      reached,
      plain: new Array<State | undefined>(128).fill(undefined),
      steps: new Map<number, Step[]>(),
    };
    this.#states.set(key, state);
    return state;
  }
}
