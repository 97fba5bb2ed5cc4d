/** What a text has to have for a member that could become a prototype: its name, or letters written as escapes. */
export const mayNamePrototype = /__proto__|"prototype|\\u00[4-7]/i;
