const regret =
  "(?:(?:es tut mir leid|tut mir leid|leider|entschuldigung|désolée?|je suis désolée?|malheureusement|lo siento|lamentablemente|mi dispiace|purtroppo|desculpe|sinto muito|infelizmente|het spijt me|sorry|helaas)(?![a-zà-ÿ]),? (?:aber |mais |pero |ma |mas |maar )?|(?:als KI|como modelo de lenguaje|en tant qu'IA|als AI)[^,]{0,30}, )";
const german =
  'schreiben|verfassen|erstellen|übersetzen|zusammenfassen|erzeugen|nennen|verraten|erklären|ausfüllen|öffnen|abrufen|helfen|beantworten';
const french =
  'aider|fournir|répondre|donner|rédiger|écrire|traduire|résumer|créer|produire|générer|partager|divulguer|expliquer|ouvrir|participer|commenter';
const spanish =
  'ayudar|proporcionar|responder|dar|ofrecer|redactar|escribir|traducir|resumir|crear|generar|compartir|revelar|explicar|abrir|transcribir|comentar';
const italian =
  'aiutar\\S*|fornir\\S*|rispondere|scriver\\S*|redigere|tradurre|riassumere|crear\\S*|generare|condividere|rivelare|spiegar\\S*|aprire';
const portuguese =
  'ajudar|fornecer|responder|dar|escrever|redigir|traduzir|resumir|criar|gerar|compartilhar|revelar|explicar|abrir';
const dutch = 'schrijven|opstellen|vertalen|samenvatten|maken|delen|geven|helpen|beantwoorden|openen|uitleggen';

/** Ways to decline at the beginning of a sentence, by language. */
const declining: readonly RegExp[] = [
  ...[
    // What an assistant does, after the first person's "cannot" or "refuse to".
    `ich (?:kann|darf|werde|möchte) (?:\\S+ ){0,4}(?:nicht|keine?n?) (?:\\S+ ){0,3}(?:${german})`,
    `je (?:ne (?:(?:peux|puis|vais|veux) pas|puis) |refuse (?:de |d'))(?:vous |t'|te )?(?:${french})`,
    `(?:no (?:puedo|voy a|quiero|me es posible)|me niego a) (?:${spanish})`,
    `no tengo (?:la )?(?:capacidad|posibilidad) (?:de|para)`,
    `(?:non (?:posso|voglio)|mi rifiuto di) (?:${italian})`,
    `(?:não (?:posso|vou|quero)|recuso-me a) (?:${portuguese})`,
    `ik (?:kan|ga|wil|mag) (?:\\S+ ){0,4}(?:niet|geen) (?:\\S+ ){0,2}(?:${dutch})`,
  ].map((pattern) => new RegExp(`^\\W*(?:${regret})?${pattern}(?![a-zà-ÿ])`, 'i')),
  /^[^。]{0,60}(?:いたしかねます|致しかねます|できかねます|お応えできません|対応できません|お手伝いできません|お答えできません)/,
  /^(?:[^。]{0,12}，)?我(?:不能|无法|無法|不会|拒绝)(?:为您|为你|帮你|帮您|向您)?(?:提供|帮助|协助|回答|写|生成|翻译|透露|分享|满足)/,
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

/** Whether a sentence declines in a language other than English. */
export function declinesElsewhere(sentence: string): boolean {
  return declining.some((pattern) => pattern.test(sentence));
}
