/** One thing a parser stumbled over. */
export interface CodeError {
  /** What is wrong, in the parser's words, as the rest of a sentence. */
  readonly message: string;
  /** Where, in UTF-16 units from the start of the code. */
  readonly offset: number;
  /** Whether the parser gave up before it knew. */
  readonly isUndecided?: true;
}

/** Finds what is wrong with a piece of code; the first error is what counts, recovery makes up others. */
export type FindCodeErrors = (code: string) => readonly CodeError[] | PromiseLike<readonly CodeError[]>;
