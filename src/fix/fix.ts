import { candidateGroups, cutJson, isJson } from './cut.ts';
import { mend } from './mend.ts';

/** Longest text that is mended, in characters: a longer one would hold up the process. */
const maxMendLength = 524_288;

/**
 * The one JSON value of a text, cut out of fences and prose, its syntax mended where that is safe; `undefined` when there
 * is none, or more than one.
 */
export async function fixJson(text: string): Promise<string | undefined> {
  if (isJson(text)) return text;
  const whole = cutJson(text);
  if (whole !== undefined) return whole;
  if (text.length > maxMendLength) return undefined;
  for (const candidates of candidateGroups(text)) {
    const mended = new Set<string>();
    for (const candidate of candidates) {
      const value = await mendBracketed(candidate.trimStart());
      if (value !== undefined) mended.add(value);
    }
    if (mended.size > 0) return mended.size === 1 && !candidates.some(isJson) ? [...mended][0] : undefined;
  }
  return undefined;
}

async function mendBracketed(candidate: string): Promise<string | undefined> {
  return candidate.startsWith('{') || candidate.startsWith('[') ? await mend(candidate) : undefined;
}
