import { detectedLanguage } from '../languages/detect.ts';

export type Separator = '.' | ',';

/** As `12.50`, `1,240.50` and `0.125` have it: fewer digits or more stand after it than after one that groups. */
const decimals: Readonly<Record<Separator, RegExp>> = {
  '.': /(?<![\d.,])(?:\d+(?:,\d{3})*\.(?:\d\d|\d{4,12})|0\.\d{3}|\d+(?:,\d{3})+\.\d{3}|\d+\.\d(?=\s?[%\p{L}]))(?!\d|[.,]\d)/u,
  ',': /(?<![\d.,])(?:\d+(?:\.\d{3})*,(?:\d\d|\d{4,12})|0,\d{3}|\d+(?:\.\d{3})+,\d{3}|\d+,\d(?=\s?[%\p{L}]))(?!\d|[.,]\d)/u,
};

/** Of the languages that can be told, those that have a point before decimals. */
const withPoint = new Set(['en', 'zh', 'ja', 'ko', 'he', 'th', 'hi']);
const block = 512;

/**
 * Tells of a place in a text whether `1,250` or `1.250` may be decimals there: by how the text writes its other
 * numbers, else by its language, else as in English.
 */
export function decimalsOf(text: string): (separator: Separator, place: number) => boolean {
  const languages = new Map<number, string | undefined>();
  let shown: Readonly<Record<Separator, boolean>> | undefined;
  return (separator, place) => {
    shown ??= { '.': decimals['.'].test(text), ',': decimals[','].test(text) };
    if (shown['.'] || shown[',']) return shown[separator];
    const start = Math.floor(place / block) * block;
    if (!languages.has(start))
      languages.set(start, detectedLanguage(text.slice(Math.max(0, start - block / 2), start + block * 1.5), []));
    const language = languages.get(start);
    return (language === undefined || withPoint.has(language) ? '.' : ',') === separator;
  };
}
