import { answering } from './answering.ts';
import { declinesElsewhere } from './other-languages.ts';
import { isUnwilling } from './unwilling.ts';

const inability =
  "(?:can(?:not|'?t| not)|could(?: not|n't)|won't|will not|(?:not|n't) (?:able|allowed|permitted|authori[sz]ed|willing|comfortable|going|supposed|meant|designed|in a position) to|should(?: not|n't)|(?:'d|would) (?:rather|prefer) not(?: to)?|(?:prefer|choose) not to|refuse to|(?:not|n't) comfortable|unable to|(?:must|have to|will|'ll|need to) (?:\\w+ )?(?:decline|refuse)(?: to)?|(?:do not|don't) (?:feel comfortable|want to|have the (?:ability|capability|capacity) to)?)";
const firstPerson =
  "\\b(?:I|we)(?:'m| am|'re| are)?,? ?(?:and )?(?:(?:really|also|just|simply|therefore|unfortunately),? )?";

const decline = new RegExp(
  `${firstPerson}${inability} ?(?:\\w+(?:ing|ly) )?(?:with )?(?!help (?:but|\\w+ing)\\b)(?:directly )?${answering}`,
  'i',
);
const modelDecline =
  /\b(?:as an?|I(?:'m| am)(?: just| only| merely)? an?) (?:[\w-]+ ){0,3}?(?:AI|language model|assistant)\b(?:(?!\byou\b)[^.]){0,60}(?<!\byou )\b(?:do not|don't|cannot|can't|am unable to|am not able to|(?<=\bI )must not|(?:am|'m) not allowed to|have no way to) (?!have\b|hold\b|possess\b|know\b|feel\b)/i;
const outOfBounds =
  /\b(?:not|outside|beyond|against|violates?|conflicts? with) (?:\w+ ){0,2}(?:my|our|the|openai's) (?:\w+ ){0,2}(?:programming|guidelines|polic(?:y|ies)|principles|values)\b/i;
/** A bare inability, for a text that says nothing else. */
const bareInability =
  /^\W*(?:(?:I(?:'m| am) )?(?:(?:so|very|really) )?(?:sorry|afraid)\b,? (?:but |that )?|(?:sorry|unfortunately|apologies|I apologi[sz]e),? (?:but )?|as an? (?:AI|language model)[^,]{0,40}, )?I(?:'m| am)? (?:can(?:not|'?t| not)|won't|will not|(?:not|un) ?able to|(?:do not|don't) have (?:the (?:ability|capability|capacity|means|tools)|(?:a|any) way) to|have no (?:way|means|ability) to|lack the (?:ability|means|tools) to)(?! (?:know|find|see|hear|read|locate|tell|determine|say|confirm|verify|recall|remember|imagine|think|wait|believe|agree|stress|emphasi[sz]e|overstate|lie|bore|complain|guarantee|promise|thank|help (?:but|\w+ing)|recommend (?:it|this|that|them))\b)(?![^.]*, but\b)/i;

/** The sentence goes on to answer: "I can't open the link, but here is what you pasted". */
const goesOn =
  /\bbut (?:the rest\b|here(?:'s| is| are) (?!why)|below\b|I can (?!not|help\b|assist\b)|I(?:'ll| will) |let me\b|the following\b|based on\b|from\b|in general\b|generally\b)|\bso (?:briefly|in short)\b/i;

/** Somebody else speaks: "I must decline, she wrote". */
const isSpeech =
  /,? (?:she|he|they|it|the \w+) (?:wrote|said|says|replied|answered|whispered|sang|sings)\b|(?<=,) (?:said|wrote|replied) \w+/i;

/** "I can't recommend the museum enough." */
const praises = /\bcan(?:not|'?t) \w+ [^.;]{0,80}\benough(?=\W*$|[:,])/i;

/** It could be done with what is missing: "I can't process that without your PIN". */
const needs =
  /\b(?:can(?:not|'?t)|(?:not|un) ?able to) [^.;]{0,60}\b(?:without (?!\w+ing\b)(?:your|an?|the|more)|(?:unless|until) (?:you|I)) /i;

/** What was tried failed: "I'm unable to reproduce the bug". */
const failed =
  /\b(?:reproduce (?:\w+ ){0,3}(?:bug|issue|problem|error|crash|fault|failure|behaviou?r|result|finding)|(?:complete|process) (?:\w+ ){0,3}(?:build|compilation|installation|migration|deployment|upload|download|import|export|backup|payment|transaction|checkout|transfer))s?\b/i;

const noRefusals = [goesOn, isSpeech, praises, needs, failed];

/** Whether a sentence says that its writer will not or cannot answer. */
export function declines(sentence: string, isWhole: boolean): boolean {
  if (noRefusals.some((pattern) => pattern.test(sentence))) return false;
  if (decline.test(sentence) || modelDecline.test(sentence) || outOfBounds.test(sentence)) return true;
  if (isUnwilling(sentence)) return true;
  if (declinesElsewhere(sentence)) return true;
  return isWhole && !/[;:\n]/.test(sentence) && bareInability.test(sentence);
}

/** What is said, without what is quoted or announced as somebody's words. */
export function withoutQuotations(text: string): string {
  return text
    .replace(/["“„«][^"”“»]*["”“»]?|(?<![\p{L}\p{N}])['‘][^']*(?:'(?=\W|$)|$)/gu, ' ')
    .replace(
      /^[^.,;\n]{0,60}\b(?:translation|translated|example|refusal|draft|tweet|means|says|said|reads|phrase|sentence|quote|german|french|english|spanish|italian)\b[^.,;]{0,20}:.*/is,
      '',
    );
}

const norm = '(?:appropriate|ethical|acceptable|okay|legal|safe|respectful|responsible|moral)';
const forbidding = new RegExp(
  `(?:\\bis(?: not|n't| never)|'s (?:not|never)|(?:don't|do not) (?:think|believe) (?:it's|it is|that is)) ${norm}(?:,? (?:or|nor) \\w+)? (?:for me )?to (?!(?:suggest|say) that\\b)`,
  'i',
);

/** Whether a sentence says that it would be wrong to answer, or to do what was asked about. */
export function forbids(sentence: string): boolean {
  return forbidding.test(sentence);
}

const help =
  /\b(?:it(?:'s| is) (?:also |always )?(?:important|crucial|essential|best) (?:to|that)|instead,? |please (?:reach out|seek|consider|contact)|seek (?:help|support|professional)|let's (?:focus|discuss))/i;

/** Whether what follows tells what to do or to respect instead. */
export function turnsToHelp(text: string): boolean {
  return help.test(text);
}

const fact =
  /\b(?:(?:is|are|was|were|'s)(?: \w+){0,3} (?:fictional|imaginary|mythical)|(?:fictional|imaginary|mythical) (?:character|creature|place|person|figure|being|world|universe|country|city)s?|factual(?:ly)?|does(?:n't| not) (?:exist|have (?:a|any) real)|is(?:n't| not) (?:a )?real|no such)\b/i;
const wrong =
  /\b(?:illegal|unethical|(?:not|n't) (?:\w+ )?(?:appropriate|ethical)|harmful|violen\w+|criminal (?:act|offen)|dangerous)\b/i;

/** What cannot be had, whoever asks: it is a fact about the world, and no refusal. */
const unavailable =
  /\b(?:(?:not|n't) (?:\w+ly )?(?:available|known|accessible|disclosed|listed|published)|unavailable|up[- ]to[- ]date|real[- ]time|(?:not|n't|no) (?:\w+ )?(?:access|records?|data)\b|no (?:single|specific|official|one)|(?:var(?:y|ies)|depends?|differs?) (?:\w+ )?(?:on|by|from)|too (?:many|large|vague)|coherent|many different)\b/i;
const confidential = /\b(?:priva\w+|personal|confidential|violation)\b/i;
const offering =
  /^(?:but|however|that said|still|nevertheless|nonetheless),?[^.]{0,60}? (?:I can(?!not|'t)|you (?:can|may|could|might)|here)\b/i;

/** Whether the reason is that what was asked for cannot be had. */
export function isUnavailable(declining: string): boolean {
  return unavailable.test(declining) && !wrong.test(declining) && !confidential.test(declining);
}

/** Whether a text declines a part and answers in the next sentence: "However, you can reach them at …". */
export function answersAfterAll(declining: string, next: string): boolean {
  if (/^(?:but|however|still),? I(?:'ll| will) (?:provide|give|answer|respond|try)/i.test(next)) return true;
  return !wrong.test(declining) && offering.test(next);
}

/** Whether the reason is that there is nothing to tell: "Robin Hood is a fictional character". */
export function explainsFact(text: string): boolean {
  return fact.test(text) && !wrong.test(text);
}

/** Whether a text begins as a letter, which may decline what it likes. */
export function isSalutation(text: string): boolean {
  return /^(?:subject:|(?:dear|hi|hello|sehr geehrte|lieber?|liebe|chère?s?|estimad[oa]s?|gentile)\b)[^.!?\n]{0,60}(?:,|:|\n)/i.test(
    text,
  );
}
