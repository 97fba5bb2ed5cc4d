/** What hides in a text, or changes the order in which it is read; line breaks and tabs are neither. */
const hidden = /(?![\n\r\t])[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** A text with its hidden characters spelled out: what a reviewer reads is what they approve. */
export function visible(text: string): string {
  return text.replace(
    hidden,
    (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

/** The beginning of a text, for a place that has room for a line. */
export function clipped(text: string, most = 200): string {
  const start = visible(text.slice(0, most));
  return text.length > most ? `${start}…` : start;
}
