/**
 * The limits of reading. An answer beyond one of them stays as it is: reading would take too long, or the text is no JSON
 * that somebody meant. Lengths are in characters.
 */

/** The longest text that is read, if it does not fit as it stands. */
export const longestText = 1_048_576;

/** The longest text that is read as a string or a number without a bracket around it. */
export const longestScalar = 10_000;

/** The longest comment that ends with a mark of its own: the end is looked for wherever a comment may begin. */
export const longestComment = 2046;

/** The longest text that may be the one item of a list. */
export const longestItem = 10_000;

/** How deep a value may nest. */
export const deepestValue = 512;

/** How deep a value may nest that does not fit its schema. */
export const deepestMisfit = 128;

/** How many strings that hold JSON may stand inside each other. */
export const deepestStrings = 3;

/** How many changes the syntax of a value may take. */
export const mostEdits = 50_000;

/** How many commas a value may lack. */
export const mostAddedCommas = 1000;

/** How many values a text may have that is not JSON, lists and objects included. */
export const mostValues = 50_000;

/** How many quotes of its own a string may have. */
export const mostInnerQuotes = 10_000;

/** How many characters of a string may have to be written otherwise. */
export const mostReplaced = 50_000;

/** How many values a text may have beside each other, in a row or in prose. */
export const mostStanding = 4096;

/** How many brackets of a text may begin no JSON. */
export const mostMisses = 128;

/** The longest text of plain words that may be a choice. */
export const longestWords = 200;

/** How many rows a list of plain words may have. */
export const mostRows = 4096;

/** Of how many branches of a union one is looked for. */
export const mostBranches = 256;

/** How many brackets are tried for a value that the tag of a thought may stand in. */
export const mostTries = 8;

/** The effort that judging the values of a text may take: so much, and so much more for each character. */
export const leastEffort = 10_000;
export const effortPerCharacter = 24;

/** How deep branches of branches are looked into for a list; below, none is wanted. */
export const deepestList = 8;

/** How deep a schema is looked into for a name that an object has; below, the schema names nothing. */
export const deepestName = 8;

/** How deep a value is looked into for one that no reading mends; below, a reading may be found. */
export const deepestLook = 16;

/** How many members and characters of an object a live stream looks at for its schema; then it waits for all of it. */
export const mostChoices = 16;
export const longestChoice = 16_384;

/** How deep a schema is looked into by the early abort of a stream; below, anything may be read. */
export const deepestSchema = 200;

/** Of how many constants the spellings are known to the early abort of a stream; more may be any text. */
export const mostConstants = 64;

/** How many fixes of an answer are told, and how much of what each changed. */
export const mostTold = 1000;
export const longestTold = 200;
