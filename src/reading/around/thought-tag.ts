/** A tag that begins a text. */
const openingTag = /^[\s\uFEFF]*<([a-z][\w:.-]{0,63})(?:[\s=][^<>]{0,200})?>/i;

/** Words that name what a model thinks. */
const thought = /think|thought|reason|scratch|monologue/i;

/** Words that name an answer, a call, or a part of them, and marks that a model begins with. */
const answer =
  /answer|respon|reply|result|output|json|tool|func|call|invoke|param|arg|input|action|final|assistant|message|data|object|list|item|start_of/i;

/** Elements of HTML that text may begin with, of which many need no end. */
const html = /^(?:[abipqsu]|[bhw]r|em|strong|pre|code|div|span|[uo]l|li|t[dhr]|table|h\d|html|body|section|details)$/i;

/**
 * The name of a tag that begins a text and is around thoughts: one that says so, or one that says neither answer nor call and
 * is never closed, or has words in it and something after it.
 */
export function thoughtTagOf(text: string): string | undefined {
  const [opening, name = ''] = openingTag.exec(text) ?? [];
  if (opening === undefined) return undefined;
  if (thought.test(name)) return name;
  if (answer.test(name) || html.test(name)) return undefined;
  const tag = new RegExp(`<(/?)${literal(name)}(?=[\\s=>])[^<>]{0,200}>`, 'gi');
  const [, closing, ...others] = text.matchAll(tag);
  if (closing === undefined) return opening.endsWith('/>') ? undefined : name;
  // Tags of one name are around the rows of a list.
  if (closing[1] === '' || others.length > 0 || text.slice(closing.index + closing[0].length).trim() === '')
    return undefined;
  return hasWords(text.slice(opening.length, closing.index)) ? name : undefined;
}

/** A name of a tag as part of a pattern. */
export function literal(name: string): string {
  return name.replaceAll('.', '\\.');
}

/** Whether a text has more than JSON values, which may stand in a fence. */
function hasWords(text: string): boolean {
  const inside = text
    .trim()
    .replace(/^`{3}\w*\s*/, '')
    .replace(/`{3}$/, '')
    .trim();
  return !('{['.includes(inside.charAt(0)) && '}]'.includes(inside.charAt(inside.length - 1)));
}
