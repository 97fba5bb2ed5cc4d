// The commonest words of each language, those that several share left out where they tell nothing.
const words: Readonly<Record<string, string>> = {
  en: 'the and of to is that was with for it as are this be by have from not they you which their we has were or but his her can will would there an been if more about a in at on your i my me our us them how why where who what when please thank thanks yes no here now than then so could should very much many most some any only also just into over after before because do does did done get make made see need needs want good great new first two one',
  de: 'der die das und ist nicht mit für auf den ein eine zu von dem sich des im auch es wird sie aus werden wurde sind bei oder wie einen einer haben nach wir ich kann über zum zur nur noch dass man mir mich dir dich uns euch ihr ihre ihren seine sein hat hatte war waren wenn dann da hier dort was wer warum wo alle alles sehr mehr viel viele gut schon immer bitte danke ja nein kein keine soll sollte müssen muss kannst können möchte unser unsere diese dieser dieses durch gegen ohne unter vor zwischen seit bis etwa',
  fr: 'le la les des et est une dans que pour pas sur qui au du avec ce il par plus sont ne se aux cette mais nous vous ou leur être ont elle son ses été je tu mon ma mes ton ta tes notre nos votre vos lui y en cet ces comme si très bien moins aussi alors donc car où quand quoi pourquoi comment merci bonjour oui non fait faire peut doit faut avez avons êtes suis tout toute tous toutes sans sous entre vers chez après avant depuis déjà encore',
  es: 'el la los las que y en una por con para no se del es al lo como más su pero sus este esta ha son está muy también fue hay desde cuando sobre todo nos ya yo tú mi mis tu tus él ella nosotros ustedes le les me te si sí qué quién cómo dónde cuándo favor gracias hola buenos días menos bien mal aquí allí ahora entonces porque pues tiene tienen tengo puede pueden debe hacer hace toda todos todas sin entre hasta antes después cada otro otra',
  it: 'il la che di è e non per un una con del della sono le si gli nel da ha più anche come alla dei delle questo questa ma al sul lo essere stato ci suo nella io tu mio mia tuo tua noi voi loro i uno se chi cosa dove quando perché grazie ciao buongiorno molto bene meno qui lì ora allora quindi ho hai abbiamo avete hanno può devono deve fare fatto tutto tutta tutti tutte senza tra fra fino dopo prima ogni altro altra vostro nostro',
  pt: 'o que e do da em um uma para com não os as dos das no na por mais se como mas foi ao ele ela tem seu sua ou ser são está também pelo pela isso você à é eu tu meu minha seus suas nós vocês lhe me te sim quem onde quando porque obrigado obrigada olá bom muito bem menos aqui ali agora então pois tenho têm pode podem deve fazer feito tudo toda todos todas sem entre até desde antes depois cada outro outra nosso nossa',
  nl: 'de het een en van is dat op te voor met niet zijn aan er ook als bij door maar naar om dan nog uit worden wordt heeft deze dit ze wij kan over hebben werd ik jij je jouw u uw we ons onze hij zij haar hem hun mijn wat wie waar wanneer waarom hoe dank bedankt ja nee geen heel veel meer minder goed hier daar nu dus omdat moet moeten kunt kunnen wil willen alle alles zonder tussen tot sinds elke andere ben bent was waren',
  pl: 'nie się na jest że do to jak ale po za od przez dla czy co tak już tylko oraz może jego był była są które który tym ma być ja ty my wy mój moja twój twoja nasz nasza go jej ich kto gdzie kiedy dlaczego dziękuję dziękujemy proszę dzień dobry bardzo więcej mniej dobrze tu tam teraz więc ponieważ musi można wszystko wszystkie bez między każdy inny państwa twoje twojego zostało został jeszcze',
  sv: 'och att det som en på är av för med den till inte har om ett var jag men han hon de sig vi från kan när eller så efter också ska du ni oss min mitt mina din ditt dina vår vårt våra er ert vad vem varför hur tack hej ja nej ingen mycket mer mindre bra här där nu alltså måste vill bli blir alla allt utan mellan sedan varje annan dem deras',
  da: 'og at det som en på er af for med den til ikke har om et var jeg men han hun de sig vi fra kan når eller så efter også skal blev du dig mig min din vores jeres hvad hvem hvor hvornår hvorfor hvordan tak ja nej ingen meget mere godt her der nu vil blive alle alt uden mellem anden deres',
  nb: 'og at det som en på er av for med den til ikke har om et var jeg men han hun de seg vi fra kan når eller så etter også skal ble du deg meg min din vår deres hva hvem hvor hvorfor hvordan takk ja nei ingen mye mer godt her der nå vil bli alle alt uten mellom annen',
  fi: 'ja on ei se että oli hän ovat mutta kun myös tai kuin niin joka tämä sen mukaan voi ole jos vain sitä sekä minä sinä me te minun sinun meidän teidän mikä kuka missä milloin miksi miten kiitos hyvä kyllä hyvin paljon tässä nyt koska pitää kaikki ilman välillä jokainen toinen',
  cs: 'a se na je že to v do jako ale pro jsou za by od po byl jeho tak nebo jsem která který při už jen také být není já ty my vy můj moje náš vaše co kdo kde kdy proč děkuji děkujeme prosím dobrý den ano ne velmi více dobře zde tady nyní protože může musí všechno všechny bez mezi každý jiný',
  tr: 've bir bu için ile da de çok olarak daha olan gibi ne en var sonra kadar ama değil olduğu her ya mi ise ancak ben sen biz siz onlar benim senin bizim sizin kim nerede neden nasıl teşekkürler teşekkür ederim lütfen merhaba evet hayır iyi burada şimdi çünkü olabilir gerekir tüm bütün olmadan arasında başka yok',
  ro: 'și de la în cu nu este o a pe care din un pentru mai că sunt sau fi fost au prin dar după acest această eu tu noi voi meu mea nostru vostru ce cine unde când mulțumesc mulțumim bună ziua da foarte mult bine aici acum deoarece poate trebuie tot toate fără între fiecare alt',
  hu: 'a az és hogy nem is egy van volt ez meg csak de már el azt még mint vagy ha kell lehet én te mi ti enyém mit ki hol mikor miért köszönöm köszönjük kérem igen nagyon több jó itt most mert minden nélkül között más',
  id: 'yang dan di untuk dengan ini itu dari tidak dalam akan pada juga adalah ke oleh saya kami karena bisa ada kamu anda kita mereka apa siapa mana kapan mengapa bagaimana terima kasih tolong ya sangat banyak lebih baik sini sekarang harus semua tanpa antara setiap lain telah sudah',
  vi: 'và của là có không được cho một các trong với những này người đã khi từ để như cũng',
  ru: 'и в не на что с по это как из за он но для от так его к все был она также или было мы я ты вы они мне тебе нам вам её их кто где когда почему спасибо пожалуйста здравствуйте да нет очень много мало хорошо здесь там сейчас потому может должен можно всё без между каждый другой ваш ваша ваше ваши наш еще ещё только если есть будет',
  uk: 'і в не на що з та до це як за від для але його він у є було також або про при ми',
  bg: 'и на да се в за от не с е по са като но това при до които към ще който',
};

/** The languages that each word is one of the commonest of. */
const languagesOf = new Map<string, string[]>();
for (const [code, list] of Object.entries(words))
  for (const word of new Set(list.split(' '))) languagesOf.set(word, [...(languagesOf.get(word) ?? []), code]);

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
  return [...Object.keys(words), ...scripts.map(([code]) => code)].sort();
}

export function isKnownLanguage(code: string): boolean {
  return Object.hasOwn(words, code) || scripts.some(([known]) => known === code);
}

/** Letters that a language has to itself among those told apart by words. */
const ownLetters: readonly (readonly [codes: readonly string[], letters: RegExp])[] = [
  [['de'], /ß/],
  [['es'], /ñ/],
  [['pt'], /[ãõ]/],
  [['fr'], /[œêûëï]|^[ld]['’]/],
  [['pl'], /[łąęśźżćń]/],
  [['cs'], /[řůě]/],
  [['hu'], /[őű]/],
  [['tr'], /[ğış]/],
  [['ro'], /[țșă]/],
  [['vi'], /[đơưạảấầẩậắằẳặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/],
  [['da', 'nb'], /[øæ]/],
  [['uk'], /[іїєґ]/],
  [['ru'], /[ыэё]/],
];

const cyrillic = ['ru', 'uk', 'bg'];

const leastLetters = 12;
const leastWords = 3;
/** Fewer words are told by most of them, and when none is of the language that is wanted. */
const fewWords = 6;
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
  const found = text.match(/\p{L}+(?:['’](?=\p{L}))?/gu) ?? [];
  if (letters < leastLetters || found.length < leastWords) return undefined;
  const hits = new Map<string, number>();
  const hit = (code: string) => hits.set(code, (hits.get(code) ?? 0) + 1);
  for (const written of found) {
    const word = written.toLowerCase().replace(/['’]$/, '');
    const codes = languagesOf.get(word) ?? [];
    for (const code of codes) hit(code);
    // Names keep the letters of their own language.
    if (codes.length === 0 && /[^a-z]/.test(word) && written.charAt(0) === word.charAt(0))
      for (const [owners, form] of ownLetters) if (form.test(word)) for (const code of owners) hit(code);
  }
  // No word needs to be known of an alphabet that none of the wanted uses.
  const isForeign =
    (text.match(/\p{sc=Cyrillic}/gu)?.length ?? 0) > letters / 2 && !wanted.some((each) => cyrillic.includes(each));
  if (isForeign) return /[іїєґ]/i.test(text) ? 'uk' : (mostHit(cyrillic, hits) ?? 'ru');
  const [best] = [...hits].sort((one, other) => other[1] - one[1]);
  if (best === undefined) return undefined;
  const [code, count] = best;
  const ofWanted = Math.max(0, ...wanted.map((each) => hits.get(each) ?? 0));
  if (wanted.includes(code) || ofWanted === count) return wanted.find((each) => hits.get(each) === count) ?? code;
  const share = count / found.length;
  if (found.length < fewWords) return count >= 2 && ofWanted === 0 && share >= 0.4 ? code : undefined;
  // What is mostly capitals is a list of names.
  const isNames = found.filter((word) => /^\p{Ll}/u.test(word)).length * 2 < found.length;
  if (ofWanted === 0) return count >= (isNames ? 3 : 2) && share >= leastShare ? code : undefined;
  return count >= 3 && share >= leastShare && count >= 1.5 * ofWanted + 1 ? code : undefined;
}

function mostHit(codes: readonly string[], hits: ReadonlyMap<string, number>): string | undefined {
  const [best] = codes
    .filter((code) => hits.has(code))
    .sort((one, other) => (hits.get(other) ?? 0) - (hits.get(one) ?? 0));
  return best;
}
