/** What an assistant does when it answers; "I can't find …" or "I can't see …" report what is there. */
export const answering =
  '(?:provide|help|assist|fulfill?|answer|respond|comply|discuss|engage|offer|give|share|support|suggest|endorse|create|generate|write|produce|encourage|condone|promote|participate|complete|facilitate|accommodate|process|do (?:that|this|so)|tell you|go into (?!detail)|continue with|recommend (?!(?:it|this|that|them|him|her)\\b)|translate|summari[sz]e|describe|explain|be of (?:help|assistance)|be (?:writing|providing|helping|answering|sharing|giving|discussing|creating|generating|processing|translating)|comment|speculate|advise|reveal|disclose|proceed|go along|take (?:it |this |that )?on|take part|walk you|draft|talk about|say (?:more|anything)|access that|compose|compile|fabricate|forge|fake|impersonate|role-?play|reproduce|transcribe|paraphrase|rewrite|guess)';

/** The same, as what rules forbid: "My guidelines don't permit generating …". */
export const answeringIng =
  '(?:provid|help|assist|fulfill?|answer|respond|discuss|engag|offer|giv|shar|support|suggest|endors|creat|generat|writ|produc|encourag|promot|participat|process|translat|summari[sz]|describ|explain|comment|speculat|advis|reveal|disclos|draft|talk|compos|reproduc|impersonat|role-?play)(?:t|g)?ing\\b';

/** What is seen or not seen in a document, and no refusal. */
export const perceiving =
  '(?:see|find|tell|hear|read|know|locate|determine|confirm|verify|detect|recall|remember|imagine|recommend|judge|say)\\b';
