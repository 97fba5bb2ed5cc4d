import { fencesOf } from './fences.ts';
import type { Language } from './languages.ts';

/** What stands in a text's fences of a language: those labelled so, or else those without a label. */
export function blocksOf(text: string, { labels }: Pick<Language, 'labels'>): readonly string[] {
  const fences = fencesOf(text);
  const labelled = fences.filter(({ label }) => labels.includes(label));
  const meant = labelled.length > 0 ? labelled : fences.filter(({ label }) => label === '');
  return meant.map(({ code }) => code);
}
