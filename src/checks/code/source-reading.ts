/** A text as it is parsed, and where a place of it stands in the code itself. */
export interface SourceReading {
  readonly source: string;
  readonly placeOf: (offset: number) => number;
  /** What explains an error there, beyond its own message. */
  readonly hintAt?: (offset: number) => string;
}
