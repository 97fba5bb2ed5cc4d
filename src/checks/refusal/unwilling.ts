import { answering, answeringIng, perceiving } from './answering.ts';

/** Ways to say no beyond "I cannot …", one a line, each by what it means. */
const ways: readonly RegExp[] = [
  // I decline, I will have to pass, I must refrain from …
  /(?:\b(?:I|we)(?:'m| am|'ll|'d| will| must| would| have to| need to)?(?: (?:going|have) to)*|^(?:and |but |so )?must) ?(?:\w+ly )?(?:declin(?:e|ing)|refrain|abstain|turn down|pass(?: on)?)(?=\W*$|[.,;:]| (?:to|from|this|that|your|on)\b)/i,
  /\b(?:I|we)(?:'m| am)? ?(?:must|(?:going to )?have to) say no(?=\W*$| to\b)/i,
  /\b(?:I|we)(?:'ll| will| must| have to)? ?(?:\w+ly )?refuse(?=\W*$| (?:this|that|your)\b| to (?!believe|accept|leave))/i,
  /\bI (?:need|have) to (?:stop here|draw (?:the|a) line)\b|\bmust (?:stop here|draw (?:the|a) line)\b/i,
  /\bI(?:'m| am) (?:choosing not to|refusing)\b|\bI(?:'d| would) prefer to not\b/i,
  // I am made, allowed or fit not to
  /\bI(?:'m| am| was|'ve been| have been) (?:programmed|designed|trained|instructed|told|built) (?:not to|to (?:avoid|decline|refuse))\b/i,
  /\bI lack the (?:permission|authori[sz]ation)\b|\bI(?:'m| am) not qualified to (?:give|offer|provide)\b/i,
  /\bI (?:don't|do not) have (?:the )?permission to\b/i,
  /\bI(?:'m| am) not an? \w+,? (?:so|and) I (?:cannot|can't)\b/i,
  // It is not for me
  /(?:\bnot|n't) (?:something|a (?:request|topic|task)|the kind of \w+)(?: that)? I(?:'m| am)? (?:(?:can|will|could|would|want to) (?:\w+ly )?(?:help|do|support|answer|assist|discuss|provide|write|engage|share|comment|take|offer|produce)|do(?=\W*$)|able|willing|comfortable)\b/i,
  /\b(?:something|one|a (?:topic|request)) (?:that )?I (?:have to|must|need to|will) (?:decline|pass|refuse|avoid|cannot)/i,
  /\b(?:outside|beyond|against)(?: of)? what I(?:'m| am) (?:willing|able|allowed|designed|programmed|meant|here)\b/i,
  /^\W*(?:sorry|I'm (?:really |so )?sorry|apologies)\b[^.]{0,60}\b(?:no can do|off the table|(?:not|n't) possible|one I avoid)\b/i,
  /\bI(?:'m| am) afraid (?:that|this|it)(?:'s| is) (?:not (?:possible|something|allowed)|impossible)/i,
  /\bthere(?:'s| is) (?:no way|nothing) I can (?:help|do to help|assist)/i,
  /\b(?:but|just) not with (?:this|that)(?: one)?\W*$/i,
  // What was asked for stands first: "Writing malware isn't something I'll do"
  new RegExp(
    `(?:\\bnot|n't) something(?: that)? (?:I(?:'ll| will|(?:'m| am) (?:going|willing|prepared|able|allowed) to)|an AI (?:can|should|will)) (?!${perceiving})`,
    'i',
  ),
  new RegExp(
    `\\b(?:is|are) (?:something|one)(?: that)? I(?: won't| will not|(?:'m| am) not (?:able|willing|going|allowed|prepared) to| can(?:not|'t) (?=do\\b|${answering})) ?(?!${perceiving})`,
    'i',
  ),
  new RegExp(`\\b(?:outside|beyond) (?:of )?what I (?:can|could|may) (?:do\\b|${answering})`, 'i'),
  /\b(?:is|are) off the table for me\b/i,
  /(?:\bnot|n't) possible (?:for me\b|in this (?:chat|conversation)\b|here\W+(?:as |since |because )?I\b)/i,
  /\bthere(?:'s| is) no way for me to\b/i,
  // Without a subject: "Not going to write that", "Hard no"
  new RegExp(
    `^\\W*(?:(?:sorry|hmm|oof|yeah|nope?|ah|oh)\\W+)*(?:not going to|won't|can(?:not|'t)) (?:do (?:it|that|this)|${answering})\\b(?!.*\\?)`,
    'i',
  ),
  /^(?:that's |it's )?(?:a )?hard (?:no|pass)\b|\bhard (?:no|pass) from me\b|^that's a no from me\W*$/i,
  /\bI(?:'d| would) rather not(?: (?:get|go) into\b|\W*$)/i,
  /\bI(?:'m| am) (?:staying|keeping|opting) out of (?:it|this|that)\b|\bI(?:'m| am|'ll| will) (?:going to )?(?:sit|sitting) (?:this|that)(?: one)? out\b/i,
  new RegExp(`\\bI(?:'m| am) not (?:willing|prepared|in a position) to ${answering}`, 'i'),
  // What an assistant cannot reach
  /\bI (?:do not|don't) have access to (?:the |any |external |live )*(?:internet|web\b|URLs?\b|links?\b|websites?\b)/i,
  /^\W*unable to \w+[^.]{0,30}: (?:I|my)\b/i,
  // It would be wrong
  /\bI(?:'m| am) (?:uncomfortable with|not comfortable (?:with|\w+ing)) ?(?:this|that|your|about|on|such|it)\b/i,
  /\bI (?:don't|do not) (?:feel (?:right|good|comfortable) (?:(?:about )?\w+ing|with (?:this|that|your))|(?:think|believe) I should|think (?:it|that)(?:'s| is| would be) (?:right|appropriate|ethical|a good idea)(?: for me)? to)\b/i,
  /\b(?:it|that|this)(?:'s| is| would be| would(?: not|n't) be|'d be) (?:\w+ )?(?:in|un|ir)?(?:appropriate|ethical|responsible|right|safe|acceptable|wrong)\b[^.]{0,20}\b(?:for|of) me to\b/i,
  /\bcrosses a line\b[^.]*\bI (?:can|won)'t\b/i,
  /,? (?:so|therefore) (?:I (?:won't|will not|can't|cannot)|no)\W*$|\bnor would I\b/i,
  // Rules stand against it
  /\b(?:(?:my|our) (?:\w+ )?(?:guidelines?|polic(?:y|ies)|training|programming|principles|instructions|rules)|content polic(?:y|ies)|(?:guidelines|polic(?:y|ies)|rules) (?:that )?I(?: have to| must)? follow)[^.]{0,20} (?:(?:(?:do(?:es)?|will) not|(?:do(?:es)?|wo)n't) (?:allow|let|permit)|prevents?|prohibits?|forbids?|keeps?|stops?) (?:me|us|this|that|such|it)\b/i,
  /\b(?:content polic(?:y|ies)|(?:guidelines|polic(?:y|ies)|rules) (?:that )?I (?:must )?follow) (?:(?:do(?:es)?|will) not|(?:do(?:es)?|wo)n't) (?:allow|let|permit)\b/i,
  /\b(?:against|break|outside|violates?) (?:my (?:\w+ )?rules|the (?:rules|policy|policies|guidelines) I)\b/i,
  new RegExp(
    `\\b(?:my|our) (?:\\w+ )?(?:guidelines?|polic(?:y|ies)|training|programming|principles|instructions|rules) (?:(?:do(?:es)?|will) not|(?:do(?:es)?|wo)n't) (?:allow|permit) (?:\\w+ly )?${answeringIng}`,
    'i',
  ),
  new RegExp(
    `\\bmy (?:\\w+ )?(?:guidelines?|polic(?:y|ies)|instructions|rules) (?:prohibits?|forbids?) ${answeringIng}`,
    'i',
  ),
  // Somebody speaks for the assistant
  new RegExp(
    `\\bth(?:is|e) (?:(?:AI|virtual) )?(?:assistant|chatbot) (?:(?:is|am) (?:therefore )?(?:not able|unable|not (?:allowed|permitted)) to|can(?:not|'t)|(?:does|will) not|won't) ${answering}`,
    'i',
  ),
  /\bthe requested (?:\w+ ){1,2}[^.]{0,60}\b(?:can(?:not|'t)|will not|won't|may not) be (?:reproduced|provided|shared|generated|created|written|translated|disclosed|fulfilled)\b(?! (?:before|until|on)\b)/i,
  // The request as such
  /\b(?:your|this) (?:request|message|prompt) (?:(?:has been|was) (?:denied|declined|rejected|refused|blocked)) (?:(?:because|as|since) it (?:asks|contains|involves|violates|seeks|promotes)|(?:under|by|due to) (?:our|my|the) (?:\w+ )?(?:content|safety|usage|guidelines|polic))/i,
  /\b(?:your|this) request (?:(?:cannot|can't|can not|will not|won't) be (?:fulfilled|completed|granted|answered)|is (?:denied|declined))\b|^\W*(?:request )?(?:denied|declined|refused)\b(?=:|\W*$)/i,
];

/** Whether a sentence says no in words of its own. */
export function isUnwilling(sentence: string): boolean {
  return ways.some((way) => way.test(sentence));
}
