import type { Check } from './check.ts';

/** A longer answer that happens to hold such a phrase is no refusal. */
const maxRefusalLength = 600;

const refusal =
  /^\W*(?:i(?:['’]m| am) (?:really |very |so )?(?:sorry|afraid|unable)|sorry\b|unfortunately,? i\b|i (?:can(?:['’]?t|not)|could not|couldn['’]t|won['’]t|will not|must decline|have to decline|am not able to|['’]m not able to)|as an ai\b|(?:es )?tut mir leid|je (?:suis désolé|ne peux pas)|lo siento)/i;
const inability =
  /\b(?:can(?:['’]?t|not)|unable to|not able to|won['’]t|will not|decline|against (?:my|the|our) (?:policy|policies|guidelines)|nicht|ne peux pas|no puedo)\b/i;

/** The answer is no refusal: no short text that begins with an apology or an "I can't", and no stop by a content filter. */
export function noRefusal(): Check {
  return {
    name: 'noRefusal',
    test: ({ text, finishReason }) =>
      (finishReason !== 'content-filter' && !isRefusal(text)) || [
        {
          message: 'Answer the request itself; if a part of it cannot be answered, say which and answer the rest.',
          kind: 'refused',
        },
      ],
  };
}

function isRefusal(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= maxRefusalLength && refusal.test(trimmed) && inability.test(trimmed);
}
