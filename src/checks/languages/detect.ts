// The commonest words of each language, those that several share left out where they tell nothing.
const words: Readonly<Record<string, string>> = {
  en: 'the and of to is that was with for it as are this be by have from not they you which their we has were or but his her can will would there an been if more about',
  de: 'der die das und ist nicht mit für auf den ein eine zu von dem sich des im auch es wird sie aus werden wurde sind bei oder wie einen einer haben nach wir ich kann über zum zur nur noch',
  fr: 'le la les des et est une dans que pour pas sur qui au du avec ce il par plus sont ne se aux cette mais nous vous ou leur être ont elle son ses été',
  es: 'el la los las que y en una por con para no se del es al lo como más su pero sus este esta ha son está muy también fue hay desde cuando sobre todo nos ya',
  it: 'il la che di è e non per un una con del della sono le si gli nel da ha più anche come alla dei delle questo questa ma al sul lo essere stato ci suo nella',
  pt: 'o que e do da em um uma para com não os as dos das no na por mais se como mas foi ao ele ela tem seu sua ou ser são está também pelo pela isso você à é',
  nl: 'de het een en van is dat op te voor met niet zijn aan er ook als bij door maar naar om dan nog uit worden wordt heeft deze dit ze wij kan over hebben werd',
  pl: 'nie się na jest że do to jak ale po za od przez dla czy co tak już tylko oraz może jego był była są które który tym ma być',
  sv: 'och att det som en på är av för med den till inte har om ett var jag men han hon de sig vi från kan när eller så efter också ska',
  da: 'og at det som en på er af for med den til ikke har om et var jeg men han hun de sig vi fra kan når eller så efter også skal blev',
  nb: 'og at det som en på er av for med den til ikke har om et var jeg men han hun de seg vi fra kan når eller så etter også skal ble',
  fi: 'ja on ei se että oli hän ovat mutta kun myös tai kuin niin joka tämä sen mukaan voi ole jos vain sitä sekä',
  cs: 'a se na je že to v do jako ale pro jsou za by od po byl jeho tak nebo jsem která který při už jen také být není',
  tr: 've bir bu için ile da de çok olarak daha olan gibi ne en var sonra kadar ama değil olduğu her ya mi ise ancak',
  ro: 'și de la în cu nu este o a pe care din un pentru mai că sunt sau fi fost au prin dar după acest această',
  hu: 'a az és hogy nem is egy van volt ez meg csak de már el azt még mint vagy ha kell lehet',
  id: 'yang dan di untuk dengan ini itu dari tidak dalam akan pada juga adalah ke oleh saya kami karena bisa ada',
  vi: 'và của là có không được cho một các trong với những này người đã khi từ để như cũng',
  ru: 'и в не на что с по это как из за он но для от так его к все был она также или было мы',
  uk: 'і в не на що з та до це як за від для але його він у є було також або про при ми',
  bg: 'и на да се в за от не с е по са като но това при до които към ще който',
};

const lists = new Map(Object.entries(words).map(([code, list]) => [code, new Set(list.split(' '))]));

/** Scripts that one language is written in, as good as alone. */
const scripts: readonly (readonly [code: string, letters: RegExp])[] = [
  ['ja', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ['ko', /\p{sc=Hangul}/gu],
  ['zh', /\p{sc=Han}/gu],
  ['el', /\p{sc=Greek}/gu],
  ['he', /\p{sc=Hebrew}/gu],
  ['ar', /\p{sc=Arabic}/gu],
  ['hi', /\p{sc=Devanagari}/gu],
  ['th', /\p{sc=Thai}/gu],
];

export function knownLanguages(): string[] {
  return [...lists.keys(), ...scripts.map(([code]) => code)].sort();
}

export function isKnownLanguage(code: string): boolean {
  return lists.has(code) || scripts.some(([known]) => known === code);
}

const leastLetters = 20;
const leastWords = 6;
const leastHits = 3;
/** The share of its words that a text has of the commonest of its language, at least. */
const leastShare = 0.12;

/** The language of a text; `undefined` when it is too short, or too much like one of the wanted, to tell. */
export function detectedLanguage(text: string, wanted: readonly string[]): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return undefined;
  for (const [code, form] of scripts) {
    const share = (text.match(form)?.length ?? 0) / letters;
    // Japanese is a fifth kana at least, however many Han letters it has.
    if (share > (code === 'ja' ? 0.15 : 0.5))
      return letters >= (code === 'zh' || code === 'ja' || code === 'ko' ? 6 : leastLetters) ? code : undefined;
  }
  const found = [...text.toLowerCase().matchAll(/\p{L}+/gu)].map(([word]) => word);
  if (letters < leastLetters || found.length < leastWords) return undefined;
  const hits = new Map<string, number>();
  for (const word of found)
    for (const [code, list] of lists) if (list.has(word)) hits.set(code, (hits.get(code) ?? 0) + 1);
  const [best] = [...hits].sort((one, other) => other[1] - one[1]);
  if (best === undefined) return undefined;
  const [code, count] = best;
  if (wanted.includes(code)) return code;
  const ofWanted = Math.max(0, ...wanted.map((each) => hits.get(each) ?? 0));
  const isClear = count >= leastHits && count / found.length >= leastShare && count >= 1.5 * ofWanted + 1;
  return isClear ? code : undefined;
}
