/**
 * What hides in a text, or changes the order in which it is read; line breaks and tabs are neither. Joiners and variation
 * selectors count where they have nothing to join or vary.
 */
const hidden =
  /(?![\n\r\t\p{Join_Control}\p{Variation_Selector}])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800\ufff9-\ufffb]|(?<=^|[\p{Script=Latin}\p{N}\p{P}\p{Z}\p{Join_Control}])\p{Join_Control}|(?<![\p{Emoji}\p{Ideographic}\p{Script=Mongolian}])\p{Variation_Selector}/gu;

/** A text with its hidden characters spelled out: what a reviewer reads is what they approve. */
export function visible(text: string): string {
  return text.replace(
    hidden,
    (character) => `[U+${Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

/** The beginning of a text, for a place that has room for a line. */
export function clipped(text: string, most = 200): string {
  const start = visible(text.slice(0, most));
  return text.length > most ? `${start}…` : start;
}
