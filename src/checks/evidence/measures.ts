/** What a number is one of, as far as the words around it say: each kind by names that mean the same in every notation. */
export interface Measure {
  /** The currencies that may be meant: `$` is that of many countries. */
  readonly currency?: readonly string[];
  /** `mass kg`: what is measured, and by what. */
  readonly unit?: string;
  /** It is so many for each of something else: "20 per person". */
  readonly isRate?: boolean;
  /** What it is so many in: `week` of "950 a week". */
  readonly period?: string;
}

const currencyNames = new Map(
  [
    ['eur', '€ eur euro euros euroa евро ευρώ يورو ユーロ 欧元'],
    ['usd', '$ usd us$ dollar dollars dólar dólares dollari доллар доллара долларов دولار 美元'],
    ['aud', '$ aud a$ au$ dollar dollars'],
    ['cad', '$ cad c$ ca$ dollar dollars'],
    ['nzd', '$ nzd nz$ dollar dollars'],
    ['sgd', '$ sgd s$ dollar dollars'],
    ['hkd', '$ hkd hk$ dollar dollars'],
    ['mxn', '$ mxn mx$ peso pesos'],
    ['ars', '$ ars peso pesos'],
    ['clp', '$ clp peso pesos'],
    ['cop', '$ cop peso pesos'],
    ['php', '₱ php peso pesos'],
    ['gbp', '£ gbp sterling pound pounds'],
    ['jpy', '¥ ￥ jpy yen 円 日元'],
    ['cny', '¥ ￥ cny rmb yuan 元'],
    ['chf', 'chf sfr fr francs franken franchi'],
    ['inr', '₹ inr rs rupee rupees rupien'],
    ['krw', '₩ krw 원'],
    ['rub', '₽ rub rur руб рубль рубля рублей rubel'],
    ['uah', '₴ uah грн гривень гривні'],
    ['try', '₺ try tl lira lirası'],
    ['pln', 'pln zł złoty złotych zloty zlotys'],
    ['czk', 'czk kč korun koruna'],
    ['sek', 'sek kr kronor krona'],
    ['nok', 'nok kr kroner krone'],
    ['dkk', 'dkk kr kroner krone'],
    ['huf', 'huf ft forint'],
    ['ron', 'ron'],
    ['bgn', 'bgn лв лева'],
    ['brl', 'r$ brl reais'],
    ['ils', '₪ ils nis shekel shekels'],
    ['thb', '฿ thb baht'],
    ['vnd', '₫ vnd dong đồng'],
    ['zar', 'zar'],
    ['aed', 'aed dirham dirhams درهم'],
    ['sar', 'sar riyal riyals ريال'],
  ]
    .flatMap(([code = '', names = '']) => names.split(' ').map((name) => [name, code] as const))
    .reduce((known, [name, code]) => known.set(name, [...(known.get(name) ?? []), code]), new Map<string, string[]>()),
);

const unitNames = new Map(
  [
    [
      'mass kg',
      'kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kilogramo kilogramos chilo chili кг килограмм 公斤 キロ',
    ],
    ['mass lb', 'lb lbs pound pounds libra libras livre livres libbre ポンド фунт фунтов'],
    ['mass g', 'g gr gram grams gramm gramme grammes gramo gramos grammi'],
    ['mass mg', 'mg milligram milligrams milligramm'],
    ['mass oz', 'oz ounce ounces unzen once onzas'],
    ['temperature c', '°c celsius centigrade'],
    ['temperature f', '°f fahrenheit'],
    ['length km', 'km kms kilometre kilometres kilometer kilometers kilomètres kilómetros chilometri км'],
    ['length mi', 'mi mile miles meile meilen millas miglia'],
    ['length cm', 'cm centimetre centimetres centimeter centimeters zentimeter'],
    ['length mm', 'mm millimetre millimetres millimeter millimeters'],
    ['length m', 'm metre metres meter meters mètre mètres metro metros metri'],
    ['length ft', 'ft foot feet fuß pieds pies piedi'],
    ['length in', 'inch inches zoll pouces pulgadas pollici'],
    ['area m2', 'm2 sqm sqmetre sqmetres sqmeter sqmeters quadratmeter qm'],
    ['area ft2', 'ft2 sqft sqfoot sqfeet'],
    ['area ha', 'ha hectare hectares hektar hectáreas ettari'],
    ['area acre', 'acre acres'],
    ['speed kmh', 'km/h kmh kph'],
    ['speed mph', 'mph'],
    ['volume l', 'l litre litres liter liters litro litros litri'],
    ['volume ml', 'ml millilitre millilitres milliliter milliliters'],
    ['volume gal', 'gal gallon gallons gallonen galones galloni'],
    ['data kb', 'kb kilobyte kilobytes'],
    ['data mb', 'mb megabyte megabytes'],
    ['data gb', 'gb gigabyte gigabytes'],
    ['data tb', 'tb terabyte terabytes'],
    ['energy kwh', 'kwh'],
    ['energy mwh', 'mwh'],
    ['energy kcal', 'kcal'],
    ['energy kj', 'kj'],
  ].flatMap(([unit = '', names = '']) => names.split(' ').map((name) => [name, unit] as const)),
);

const periodNames = new Map(
  [
    ['hour', 'hour hours hourly hr stunde stunden stündlich heure heures hora horas ora ore uur час'],
    ['day', 'day days daily tag tage tagen täglich jour jours día días dia dias diario giorno giorni dag dagen день'],
    [
      'week',
      'week weeks weekly wk woche wochen wöchentlich semaine semaines semana semanas semanal settimana settimane неделю',
    ],
    [
      'month',
      'month months monthly mo monat monate monatlich mois mensuel mensuelle mes meses mensual mese mesi mensile maand maandelijks месяц',
    ],
    ['quarter', 'quarterly quartal vierteljährlich trimestre'],
    [
      'year',
      'year years yearly yr annum annual annually jahr jahre jährlich an année annuel año años anual anno anni annuo jaar jaarlijks год',
    ],
  ].flatMap(([period = '', names = '']) => names.split(' ').map((name) => [name, period] as const)),
);

const adverbs =
  'hourly|daily|weekly|monthly|quarterly|yearly|annual|annually|stündlich|täglich|wöchentlich|monatlich|vierteljährlich|jährlich|mensuel|mensuelle|mensual|semanal|anual|annuel|mensile|maandelijks|jaarlijks';
const symbol = String.raw`(?:[A-Za-z]{1,2})?[$€£¥￥₹₩₽₴₺₱₪฿₫]|°\s?[CF](?![\p{L}])`;
const behind = new RegExp(
  String.raw`^[\s\u00A0-]{0,2}(${symbol}|km/h|(?:m|ft)2(?!\d)|sq(?:uare|\.)?\s(?:m|ft|feet|foot|met(?:re|er)s?)(?!\p{L})|\p{L}[\p{L}\p{M}]{0,14})\.?(?:\s(celsius|fahrenheit))?`,
  'iu',
);
const before = new RegExp(String.raw`(?<![\p{L}\p{N}])(${symbol}|\p{L}[\p{L}.]{0,9})[\s\u00A0]?[-−]?$`, 'iu');
const rate =
  /^[\s\u00A0]{0,2}(?:(?:per|an?|each|every|pro|je|par|por|al?|alla|am|im|the|in der|im|в|за)[\s\u00A0]+|\/[\s\u00A0]?)(\p{L}{2,12})(?!\p{L})/iu;
const adverbBehind = new RegExp(String.raw`^[\s\u00A0,(]{0,3}(${adverbs}|p\.\s?a\.|pcm|pw)(?!\p{L})`, 'iu');
const adverbBefore = new RegExp(
  String.raw`(?<!\p{L})(${adverbs})(?:\s\p{L}+){0,3}[\s:]{1,3}(?:[^\s\p{L}\p{N}]{1,3}|\p{Lu}{3}\s)?$`,
  'iu',
);
const distance = 48;

/** What the text around a number says that it is one of, and the number with the words that say so. */
export function measureAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): Measure & { readonly shown: string } {
  const after = text.slice(end, end + distance);
  const [whole = '', word = '', degree] = behind.exec(after) ?? [];
  const own = named(word, degree);
  const isOwn = own.currency !== undefined || own.unit !== undefined;
  const [written = '', prefix = ''] = before.exec(text.slice(Math.max(0, start - 14), start)) ?? [];
  const stated = named(prefix).currency;
  const currency = own.currency ?? stated;
  const rest = isOwn ? after.slice(whole.length) : after;
  const [per, stands] = rateIn(rest);
  const [, adverb = ''] =
    adverbBehind.exec(rest) ?? adverbBefore.exec(text.slice(Math.max(0, start - distance), start)) ?? [];
  const period = stands ?? periodOf(adverb);
  const number = text.slice(start, end).trim();
  return {
    ...(currency === undefined ? {} : { currency }),
    ...(own.unit === undefined ? {} : { unit: own.unit }),
    ...(period === undefined ? {} : { period }),
    ...(period === undefined && forEach.test(rest) ? { isRate: true } : {}),
    shown: `${stated === undefined ? '' : written}${number}${isOwn ? whole.replace(/\.$/, '') : ''}${isOwn ? per : ''}`,
  };
}

/** "20 euros per user a month", "40 hours a week": a word or two may stand between. */
function rateIn(text: string): readonly [text: string, period: string | undefined] {
  let rest = text;
  for (let count = 0; count < 3; count += 1) {
    const [whole = '', name = ''] = rate.exec(rest) ?? [];
    const period = periodNames.get(name.toLowerCase());
    if (period !== undefined) return [whole, period];
    rest = rest.replace(wordBetween, '');
  }
  return ['', undefined];
}

const wordBetween = /^[\s\u00A0-]{0,2}\p{L}{2,14}/u;
const forEach = /^[\s\u00A0]{0,2}(?:per|pro|par|por)\s\p{L}{3}/iu;

function periodOf(adverb: string): string | undefined {
  if (/^p\.\s?a/i.test(adverb)) return 'year';
  return { pcm: 'month', pw: 'week' }[adverb.toLowerCase()] ?? periodNames.get(adverb.toLowerCase());
}

function named(word: string, degree?: string): Measure {
  if (degree !== undefined) return { unit: `temperature ${degree.charAt(0).toLowerCase()}` };
  const name = word
    .toLowerCase()
    .replace(/^sq(?:uare|\.)?\s/, 'sq')
    .replace(/\s|\.$/g, '');
  const [currency, unit] = [currencyNames.get(name), unitNames.get(name)];
  // A word in small letters is no code.
  const isCurrency = currency !== undefined && !(isCode(name, currency) && word !== word.toUpperCase());
  return { ...(isCurrency ? { currency } : {}), ...(unit === undefined ? {} : { unit }) };
}

function isCode(name: string, codes: readonly string[]): boolean {
  return codes.includes(name) && name !== 'eur' && name !== 'usd';
}

/** What a member's name says of its number: `weightKg`, `price_eur`, `weeklyRent`, `pricePerMonth`. */
export function measureOfName(name: string): Measure {
  const words = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[\s_-]+/);
  const last = words.at(-1) ?? '';
  const isCode = /^[a-z]{3}$/.test(last) && last !== 'try';
  const currency = words.length > 1 && isCode ? currencyNames.get(last) : undefined;
  const unit =
    words.length > 1
      ? (unitNames.get(last) ?? { celsius: 'temperature c', fahrenheit: 'temperature f' }[last])
      : undefined;
  const per = words[words.indexOf('per') + 1];
  const adverb = words.find((word) => new RegExp(`^(?:${adverbs})$`, 'u').test(word));
  const period = words.includes('per') ? periodNames.get(per ?? '') : periodNames.get(adverb ?? '');
  return {
    ...(currency === undefined ? {} : { currency }),
    ...(unit === undefined ? {} : { unit }),
    ...(period === undefined ? {} : { period }),
  };
}

/** The measures that stand with each number of the sources. */
export class Measures {
  readonly #of = new Map<number, Measure[]>();
  readonly #currencies = new Set<string>();
  readonly #names = new Set<string>();

  add(values: readonly number[], measure: Measure): void {
    for (const code of measure.currency ?? []) this.#currencies.add(code);
    for (const name of [measure.unit, measure.period]) if (name !== undefined) this.#names.add(name);
    for (const value of values) {
      const known = this.#of.get(value);
      if (known === undefined) this.#of.set(value, [measure]);
      else if (known.length < mostMeasures || (known.length < 10 * mostMeasures && isOther(known, measure)))
        known.push(measure);
    }
  }

  /** A currency that stands anywhere in the sources. */
  mention(text: string): void {
    for (const { 0: name } of text.matchAll(mentioned))
      for (const code of named(name.length === 3 ? name.toUpperCase() : name).currency ?? [])
        this.#currencies.add(code);
  }

  /** Whether a word names a currency, a unit or a period that the sources have, in whatever notation. */
  has(word: string): boolean {
    const { currency = [], unit } = named(word);
    return (
      currency.some((code) => this.#currencies.has(code)) ||
      [unit, periodNames.get(word.toLowerCase())].some((name) => name !== undefined && this.#names.has(name))
    );
  }

  /** Whether the sources have the number, and say that it is one of something else each time. */
  contradict(value: number, measure: Measure): boolean {
    const known = this.#of.get(value) ?? [];
    if (known.length === 0) return false;
    const { currency, unit, period } = measure;
    if (period !== undefined && known.every((each) => each.isRate === true || (each.period ?? period) !== period))
      return true;
    // "12 pounds" are money or a weight.
    if (currency !== undefined && unit !== undefined)
      return known.every((each) => isStated(each) && !isSameCurrency(each, currency) && each.unit !== unit);
    if (unit !== undefined) return known.every((each) => isSameKind(each.unit, unit) && each.unit !== unit);
    if (currency === undefined) return false;
    if (known.every((each) => each.currency !== undefined))
      return !known.some((each) => isSameCurrency(each, currency));
    return this.#currencies.size > 0 && !currency.some((code) => this.#currencies.has(code));
  }
}

function isStated({ currency, unit }: Measure): boolean {
  return currency !== undefined || unit !== undefined;
}

function isSameCurrency({ currency = [] }: Measure, wanted: readonly string[]): boolean {
  return currency.some((code) => wanted.includes(code));
}

function isSameKind(one: string | undefined, other: string): boolean {
  return one !== undefined && one.split(' ')[0] === other.split(' ')[0];
}

/** Of one number so many are kept, and then only what was not said of it before. */
const mostMeasures = 20;

function isOther(known: readonly Measure[], { currency, unit, period, isRate }: Measure): boolean {
  return !known.some(
    (each) => each.currency === currency && each.unit === unit && each.period === period && each.isRate === isRate,
  );
}

const mentioned =
  /[$€£¥￥₹₩₽₴₺₱₪฿₫]|(?<![A-Z])(?!TRY|PHP|ALL)[A-Z]{3}(?![A-Za-z])|(?<=\p{Ll})(?:Eur|Usd|Gbp|Chf|Jpy)(?!\p{Ll})|(?<!\p{L})(?:eur|usd|gbp|chf|jpy|sterling|(?!\p{Ll}+\p{Lu})\p{L}{4,9})(?!\p{L})/gu;
