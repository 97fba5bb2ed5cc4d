// Numbers that are written out, in the words of several languages. Words that mean something else in another one are left
// out: "due", "sei", "otto", "sex", "on", "once", "elf".

/** Up to twenty, as far as the language has a word for each. */
const small: readonly string[] = [
  '- one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  '- - zwei drei vier fünf sechs sieben acht neun zehn - zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  '- - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
  '- - dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
  '- - - tre quattro cinque - sette - nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  '- - dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove',
  '- - twee drie vier vijf zes zeven - negen tien - twaalf dertien veertien vijftien zestien zeventien achttien negentien',
  '- - två tre fyra fem - sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton',
  '- - dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście',
  '- - два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
  '- - двух трёх четырёх пяти шести семи восьми девяти десяти',
  '- - iki üç dört beş altı yedi sekiz dokuz',
  '- - اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة',
  '- - اثنين ثلاث أربع خمس ست سبع ثماني تسع عشر',
];

const tens: readonly string[] = [
  'ten twenty thirty forty fifty sixty seventy eighty ninety',
  'zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
  'dix vingt trente quarante cinquante soixante septante huitante nonante',
  'diez veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  'dieci venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
  'dez vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
  'tien twintig dertig veertig vijftig zestig zeventig tachtig negentig',
  'tio tjugo trettio fyrtio femtio sextio sjuttio åttio nittio',
  'dziesięć dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt',
  'десять двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
  '- yirmi otuz kırk elli altmış yetmiş seksen doksan',
  '- عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون',
  '- عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين',
];

const others: Readonly<Record<string, number>> = {
  ...{ twice: 2, thrice: 3, zero: 0, none: 0, free: 0, gratis: 0, dozen: 12, dutzend: 12, douzaine: 12, docena: 12 },
  ...{
    cien: 100,
    ciento: 100,
    doscientos: 200,
    trescientos: 300,
    cuatrocientos: 400,
    quinientos: 500,
    seiscientos: 600,
  },
  ...{ setecientos: 700, ochocientos: 800, novecientos: 900, cem: 100, cento: 100, duzentos: 200, trezentos: 300 },
  ...{ quinhentos: 500, сто: 100, двести: 200, триста: 300, четыреста: 400, пятьсот: 500, шестьсот: 600, семьсот: 700 },
  ...{
    тысяча: 1000,
    тысячу: 1000,
    восемьсот: 800,
    девятьсот: 900,
    sto: 100,
    dwieście: 200,
    trzysta: 300,
    pięćset: 500,
    yüz: 100,
    مئة: 100,
    مائة: 100,
  },
  ...{ مئتان: 200, مئتين: 200, vingts: 20 },
};

/** What multiplies the number before it. */
export const factors = new Map<string, number>(
  Object.entries({
    ...{ dozen: 12, dozens: 12, dutzend: 12, douzaines: 12, docenas: 12 },
    ...{ hundred: 100, hundert: 100, honderd: 100, hundra: 100, yüz: 100 },
    ...{ thousand: 1000, tausend: 1000, mille: 1000, mil: 1000, mila: 1000, duizend: 1000, tusen: 1000 },
    ...{ tysiące: 1000, tysięcy: 1000, тысячи: 1000, тысяч: 1000, آلاف: 1000, ألف: 1000 },
    ...{ million: 1e6, millionen: 1e6, millions: 1e6, millones: 1e6, milioni: 1e6, milhões: 1e6, miljoen: 1e6 },
    ...{ miljoner: 1e6, milionów: 1e6, миллиона: 1e6, миллионов: 1e6, milyon: 1e6, مليون: 1e6 },
    ...{ billion: 1e9, milliarden: 1e9, milliards: 1e9, miljard: 1e9, miljarder: 1e9, миллиардов: 1e9, milyar: 1e9 },
  }),
);

/** Numbers also without one before them, of those that `valueOfWord` has not; `mil` after digits is another unit. */
export const factorsAlone = new Set(['mille', 'mil', 'tusen', 'ألف']);

/** Words that are names, months or other words with a capital. */
export const onlySmall = new Set(['sept', 'elva', 'dez', 'mil', 'tio', 'mille', 'tre', 'nove', 'sette', 'sto']);

/** One, after a ten: "trente et un". */
export const oneBehindTen = new Set(['un', 'une', 'uno', 'una', 'um', 'uma', 'один', 'одна', 'jeden', 'bir', 'ett']);

/** Join the parts of a number, each as its language does. */
export const joiners = new Set(['and', 'und', 'et', 'y', 'e', 'en', 'و']);

let known: ReadonlyMap<string, number> | undefined;

/** What a word stands for that is a number by itself: "twelve", "fünfundzwanzig", "veintidós", "четыре". */
export function valueOfWord(word: string): number | undefined {
  known ??= knownWords();
  return known.get(word) ?? compound(word, known);
}

function knownWords(): Map<string, number> {
  const words = new Map(Object.entries(others));
  const take = (lists: readonly string[], valueAt: (index: number) => number) => {
    for (const list of lists)
      for (const [index, word] of list.split(' ').entries())
        if (word !== '-' && !words.has(word)) words.set(word, valueAt(index));
  };
  take(small, (index) => index);
  take(tens, (index) => 10 * (index + 1));
  return words;
}

const german = /^(ein|eine|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(\p{L}+zig|dreißig)$/u;
const dutch = /^(een|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën)(\p{L}+tig)$/u;
const spanish = /^veinti([uú]n[oa]?|d[oó]s|tr[eé]s|cuatro|cinco|s[eé]is|siete|ocho|nueve)$/u;
const italian =
  /^(vent|trent|quarant|cinquant|sessant|settant|ottant|novant)[ia]?(uno|due|tr[eé]|quattro|cinque|sei|sette|otto|nove)$/u;
const hundreds =
  /^(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|twee|drie|vijf|zes|zeven|negen|due|tre|quattro|cinque|sei|sette|otto|nove)?(hundert|honderd|cento|tausend|duizend|mila|mille)(?:und)?(\p{L}*)$/u;
const ones = new Map(
  [
    'ein zwei drei vier fünf sechs sieben acht neun',
    'een twee drie vier vijf zes zeven acht negen',
    'uno due tre quattro cinque sei sette otto nove',
    'un dos tres cuatro cinco seis siete ocho nueve',
    'una - tré - - - - - -',
    'eine - - - - - - - -',
    'eins - - - - - - - -',
  ].flatMap((list) =>
    list.split(' ').map((word, index) => [word.normalize('NFD').replace(/\p{M}/gu, ''), index + 1] as const),
  ),
);

/** "zwölftausend", "fünfundzwanzigtausend", "trentamila". */
const thousands = /^(\p{L}{4,}?)(?:tausend|duizend|mila)(?:und)?(\p{L}*)$/u;

/** Of what is written in one word. */
function compound(word: string, words: ReadonlyMap<string, number>): number | undefined {
  if (word.length < 6 || word.length > 40) return undefined;
  const one = (name = '') => ones.get(name.normalize('NFD').replace(/\p{M}/gu, '')) ?? 0;
  const joined = german.exec(word) ?? dutch.exec(word);
  const ten = joined === null ? undefined : words.get(joined[2] ?? '');
  if (ten !== undefined) return ten + one(joined?.[1]);
  const [, twenty] = spanish.exec(word) ?? [];
  if (twenty !== undefined) return 20 + one(twenty);
  const [, root, unit] = italian.exec(word) ?? [];
  if (root !== undefined) return (words.get(`${root}${root === 'vent' ? 'i' : 'a'}`) ?? 0) + one(unit);
  const many = severalThousands(word);
  if (many !== undefined) return many;
  const [, count, factor = '', rest = ''] = hundreds.exec(word) ?? [];
  if (factor === '' || (count === undefined && rest === '' && !/^(?:hundert|tausend|honderd|duizend)$/.test(factor)))
    return undefined;
  const remainder = remainderOf(rest);
  return remainder === undefined
    ? undefined
    : (one(count) || 1) * (/^(?:hund|hond|cen)/.test(factor) ? 100 : 1000) + remainder;
}

function severalThousands(word: string): number | undefined {
  const [, many = '', rest = ''] = thousands.exec(word) ?? [];
  const [count, remainder] = [many === '' ? undefined : valueOfWord(many), remainderOf(rest)];
  return count === undefined || remainder === undefined ? undefined : count * 1000 + remainder;
}

function remainderOf(rest: string): number | undefined {
  return rest === '' ? 0 : (ones.get(rest) ?? valueOfWord(rest));
}

const han: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const hanFactors: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 萬: 1e4, 億: 1e8, 亿: 1e8 };
const hanNumber =
  /[二两兩三四五六七八九十百千一][〇零一二两兩三四五六七八九十百千万萬億亿]+(?![〇零一二两兩三四五六七八九十百千万萬億亿])|[二两兩三四五六七八九](?=[个個名人天周週时時枚台本件杯歳岁倍])/gu;

/** The numbers of a text in the signs of Chinese and Japanese: 二百五十. */
export function hanNumbersIn(
  text: string,
): { readonly value: number; readonly text: string; readonly start: number }[] {
  return [...text.matchAll(hanNumber)].flatMap(({ 0: written, index }) => {
    const value = hanValue(written);
    return value === undefined ? [] : [{ value, text: written, start: index }];
  });
}

function hanValue(text: string): number | undefined {
  // Digits one after the other, as in a year: 二〇二四.
  if ([...text].every((sign) => sign in han)) return Number([...text].map((sign) => han[sign]).join(''));
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const sign of text) {
    const factor = hanFactors[sign];
    if (factor === undefined) digit = han[sign] ?? 0;
    else if (factor >= 1e4) {
      total += Math.max(1, section + digit) * factor;
      [section, digit] = [0, 0];
    } else {
      section += Math.max(1, digit) * factor;
      digit = 0;
    }
  }
  return total + section + digit;
}
