import { isUnwilling } from './unwilling.ts';

/** What an assistant does when it answers; "I can't find …" or "I can't see …" report what is there. */
const answering =
  '(?:provide|help|assist|fulfill?|answer|respond|comply|discuss|engage|offer|give|share|support|suggest|endorse|create|generate|write|produce|encourage|condone|promote|participate|complete|facilitate|accommodate|process|do (?:that|this|so)|tell you|go into (?!detail)|continue with|recommend (?!(?:it|this|that|them|him|her)\\b)|translate|summari[sz]e|describe|explain|be of (?:help|assistance)|be (?:writing|providing|helping|answering|sharing|giving|discussing)|comment|speculate|advise|reveal|disclose|proceed|go along|take (?:it |this |that )?on|take part|walk you|draft|talk about|say (?:more|anything)|access that|support)';
const inability =
  "(?:can(?:not|'?t| not)|could(?: not|n't)|won't|will not|(?:not|n't) (?:able|allowed|permitted|authori[sz]ed|willing|comfortable|going|supposed|meant|designed|in a position) to|should(?: not|n't)|(?:'d|would) (?:rather|prefer) not(?: to)?|(?:prefer|choose) not to|refuse to|(?:not|n't) comfortable|unable to|(?:must|have to|will|'ll|need to) (?:\\w+ )?(?:decline|refuse)(?: to)?|(?:do not|don't) (?:feel comfortable|have the (?:ability|capability|capacity) to)?)";
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
  /^\W*(?:(?:I(?:'m| am) )?(?:(?:so|very|really) )?(?:sorry|afraid)\b,? (?:but |that )?|(?:sorry|unfortunately|apologies|I apologi[sz]e),? (?:but )?|as an? (?:AI|language model)[^,]{0,40}, )?I(?:'m| am)? (?:can(?:not|'?t| not)|won't|will not|(?:not|un) ?able to)(?! (?:find|see|hear|read|locate|tell|determine|say|confirm|verify|recall|remember|imagine|think|wait|believe|agree|stress|emphasi[sz]e|overstate|lie|bore|complain|guarantee|promise|thank|help (?:but|\w+ing)|recommend (?:it|this|that|them))\b)/i;

/** The same in other languages, at the beginning of a sentence. */
const declineElsewhere = [
  /^\W*(?:ich (?:bin nicht befugt|weigere mich|lehne (?:das|dies)|gebe (?:dazu |hierzu )?keine (?:Auskunft|Auskünfte))|(?:das|so etwas) (?:mache|schreibe|beantworte) ich nicht)\b/i,
  /^\W*je (?:ne peux pas (?:faire (?:cela|ça)|partager|écrire)|préfère ne pas (?:répondre|commenter))\b/i,
  /^\W*(?:no puedo (?:hacer|escribir|compartir) (?:eso|esto)|me niego a|prefiero no (?:responder|comentar))\b/i,
  /^\W*non sono (?:autorizzat[oa]|in grado) (?:a|di) (?:rispondere|aiutar|forn)/i,
  /^\W*não me é possível (?:respond|ajud|forne|atend)/i,
  /^\W*ik kan (?:je|u|jou|hier|daar)\b[^.]{0,30}\b(?:niet|geen)\b[^.]{0,20}\bhelpen\b/i,
  /^\W*(?:(?:es )?tut mir (?:sehr )?leid|leider|entschuldigung|als (?:KI|Sprachmodell))\b[^.]{0,60}\b(?:nicht|keine?n?)\b/i,
  /^\W*(?:ich|wir) (?:kann|darf|werde|möchte|können) [^.]{0,60}\b(?:nicht|keine?n?)\b[^.]{0,80}\b(?:helfen|beantworten|geben|bereitstellen|unterstützen|anbieten|erfüllen|nachkommen|weiterhelfen)\b/i,
  /^\W*(?:das|dabei|hierbei|damit|diese \w+) (?:kann|darf|werde|möchte) ich\b[^.]{0,40}\b(?:nicht|keine?n?)\b/i,
  /\bleiste ich (?:nicht|keine)\b/i,
  /^\W*je (?:refuse de (?:répondre|vous|faire|donner|participer)|ne suis pas (?:en mesure|autorisée?|capable)|dois (?:refuser|décliner))(?![a-zà-ÿ])/i,
  /^\W*(?:no me es posible|no estoy (?:autorizad[oa]|en condiciones)|debo (?:rechazar|negarme))\b/i,
  /^\W*(?:non (?:posso|sono in grado di)|devo rifiutar\w*) ?(?:\w+ )?(?:aiut|forn|rispond|assist|dar|scriv|soddisf)?\w*(?:\b| di)/i,
  /^\W*(?:não (?:posso|consigo|estou autorizad[oa] a)|devo recusar)\b[^.]{0,20}\b(?:ajud|forne|respond|dar|escrev|atend)\w*/i,
  /^\W*(?:(?:je suis (?:vraiment )?)?désolée?|malheureusement|je regrette|en tant qu'(?:IA|assistant))(?![a-zà-ÿ])[^.]{0,60}\bne (?:peux|puis|suis|pouvons) pas\b/i,
  /^\W*je ne (?:peux|puis) pas (?:vous |t'|te )?(?:\w+ )?(?:aider|fournir|répondre|donner|assister|satisfaire)\b/i,
  /^\W*(?:lo siento|lamentablemente|perdón|disculpa|me temo|como (?:IA|modelo))\b[^.]{0,60}\bno (?:puedo|podemos|me es posible|estoy)\b/i,
  /^\W*no puedo (?:\w+ )?(?:ayudar|proporcionar|responder|dar|ofrecer|cumplir|asistir)/i,
  /^\W*(?:mi dispiace|purtroppo|spiacente|in quanto (?:IA|modello))\b[^.]{0,60}\bnon (?:posso|sono in grado|possiamo)\b/i,
  /^\W*(?:(?:sinto muito|desculpe|lamento|infelizmente)\b|como (?:uma )?IA\b)[^.]{0,60}\bnão (?:posso|consigo|podemos|estou)\b/i,
  /^\W*(?:het spijt me|sorry|helaas|als AI)\b[^.]{0,60}\bkan (?:ik )?[^.]{0,40}\b(?:niet|geen)\b/i,
  /^(?:很?抱歉|对不起|對不起)[^。]{0,30}(?:不能|无法|無法)/,
  /^(?:申し訳|すみません|ごめん)[^。]{0,60}(?:できません|いたしかねます)/,
];

/** The sentence goes on to answer: "I can't open the link, but here is what you pasted". */
const goesOn =
  /\bbut (?:the rest\b|here(?:'s| is| are) (?!why)|below\b|I can (?!not|help\b|assist\b)|I(?:'ll| will) |let me\b|the following\b|based on\b|from\b|in general\b|generally\b)/i;

/** Somebody else speaks: "I must decline, she wrote". */
const isSpeech =
  /,? (?:she|he|they|it|the \w+) (?:wrote|said|says|replied|answered|whispered|sang|sings)\b|(?<=,) (?:said|wrote|replied) \w+/i;

/** Whether a sentence says that its writer will not or cannot answer. */
export function declines(sentence: string, isWhole: boolean): boolean {
  if (goesOn.test(sentence) || isSpeech.test(sentence)) return false;
  if (decline.test(sentence) || modelDecline.test(sentence) || outOfBounds.test(sentence)) return true;
  if (isUnwilling(sentence)) return true;
  if (declineElsewhere.some((pattern) => pattern.test(sentence))) return true;
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
  /\b(?:fictional|factual(?:ly)?|imaginary|mythical|does(?:n't| not) (?:exist|have (?:a|any) real)|is(?:n't| not) (?:a )?real|no such)\b/i;
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
