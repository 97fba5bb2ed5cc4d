/** What a regular expression is read with: some of `i`, `m`, `s` and `u`. */
export interface Flags {
  /** As the language takes them. */
  readonly text: string;
  readonly isUnicode: boolean;
  /** Whether `^` and `$` stand at the ends of lines too. */
  readonly isMultiline: boolean;
  readonly ignoresCase: boolean;
}

export function flagsOf(text: string): Flags {
  const has = (flag: string) => text.includes(flag);
  return { text, isUnicode: has('u'), isMultiline: has('m'), ignoresCase: has('i') };
}
