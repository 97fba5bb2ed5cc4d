import { describe, expect, test } from 'vitest';
import { type Measure, Measures, measureAt, measureOfName } from '../../../src/checks/evidence/measures.ts';

/** What is said of the number in a text: its currencies, its unit, its period, and whether it is so many for each. */
function saidIn(text: string): string {
  const { index: start, 0: number } = /\d/.exec(text) ?? { index: 0, 0: '' };
  return said(measureAt(text, { start, end: start + number.length }));
}

function said({ currency = [], unit, period, isRate }: Measure): string {
  const parts = [currency.join('/'), unit ?? '', period === undefined ? '' : `by ${period}`, isRate ? 'each' : ''];
  return parts.filter((part) => part !== '').join(', ');
}

describe('what a number is one of', () => {
  test.each(
    Object.entries({
      currencies: [
        ['5 €', 'eur'],
        ['5 EUR', 'eur'],
        ['5 eur', 'eur'],
        ['5 ευρώ', 'eur'],
        ['$5', 'usd/aud/cad/nzd/sgd/hkd/mxn/ars/clp/cop'],
        ['5 US$', 'usd'],
        ['5 usd', 'usd'],
        ['5 доллара', 'usd'],
        ['A$5', 'aud'],
        ['AU$5', 'aud'],
        ['C$5', 'cad'],
        ['CA$ 5', 'cad'],
        ['NZ$5', 'nzd'],
        ['S$5', 'sgd'],
        ['HK$5', 'hkd'],
        ['MX$5', 'mxn'],
        ['5 pesos', 'mxn/ars/clp/cop/php'],
        ['5 ARS', 'ars'],
        ['5 CLP', 'clp'],
        ['5 COP', 'cop'],
        ['₱5', 'php'],
        ['£5', 'gbp'],
        ['5 sterling', 'gbp'],
        ['¥5', 'jpy/cny'],
        ['￥5', 'jpy/cny'],
        ['5 円', 'jpy'],
        ['5 RMB', 'cny'],
        ['5 元', 'cny'],
        ['5 francs', 'chf'],
        ['CHF 5', 'chf'],
        ['Fr. 5', 'chf'],
        ['₹5', 'inr'],
        ['5 rupees', 'inr'],
        ['₩5', 'krw'],
        ['5 원', 'krw'],
        ['₽5', 'rub'],
        ['5 рублей', 'rub'],
        ['₴5', 'uah'],
        ['5 грн', 'uah'],
        ['₺5', 'try'],
        ['5 lirası', 'try'],
        ['5 złotych', 'pln'],
        ['5 korun', 'czk'],
        ['5 kronor', 'sek'],
        ['5 SEK', 'sek'],
        ['5 kroner', 'nok/dkk'],
        ['5 NOK', 'nok'],
        ['5 DKK', 'dkk'],
        ['5 forint', 'huf'],
        ['5 HUF', 'huf'],
        ['5 RON', 'ron'],
        ['5 BGN', 'bgn'],
        ['5 лева', 'bgn'],
        ['R$5', 'brl'],
        ['5 reais', 'brl'],
        ['₪5', 'ils'],
        ['5 shekels', 'ils'],
        ['฿5', 'thb'],
        ['5 baht', 'thb'],
        ['₫5', 'vnd'],
        ['5 đồng', 'vnd'],
        ['5 ZAR', 'zar'],
        ['5 AED', 'aed'],
        ['5 dirhams', 'aed'],
        ['5 SAR', 'sar'],
        ['5 ريال', 'sar'],
        ['5 TRY', 'try'],
        ['usd5', 'usd'],
        ['-$5', 'usd/aud/cad/nzd/sgd/hkd/mxn/ars/clp/cop'],
        ['$ -5', 'usd/aud/cad/nzd/sgd/hkd/mxn/ars/clp/cop'],
        ['the price is US$5', 'usd'],
        ['5-€', 'eur'],
      ],
      'no currency: a word in small letters is no code': [
        ['5 ron', ''],
        ['5 zar', ''],
        ['5 try', ''],
        ['5 apples', ''],
        ['A 5', ''],
        ['5', ''],
      ],
      units: [
        ['5 kg', 'mass kg'],
        ['5 kgs.', 'mass kg'],
        ['5 кг', 'mass kg'],
        ['5 lbs', 'mass lb'],
        ['5 libras', 'mass lb'],
        ['5 g', 'mass g'],
        ['5 gramos', 'mass g'],
        ['5 mg', 'mass mg'],
        ['5 oz', 'mass oz'],
        ['5 ounces', 'mass oz'],
        ['5 °C', 'temperature c'],
        ['5°F', 'temperature f'],
        ['5 centigrade', 'temperature c'],
        ['5 degrees celsius', 'temperature c'],
        ['5 degrees Fahrenheit', 'temperature f'],
        ['5 km', 'length km'],
        ['5 kilometers', 'length km'],
        ['5 miles', 'length mi'],
        ['5-mile', 'length mi'],
        ['5 cm', 'length cm'],
        ['5 mm', 'length mm'],
        ['5 m', 'length m'],
        ['5 metri', 'length m'],
        ['5 ft', 'huf, length ft'],
        ['5 pieds', 'length ft'],
        ['5 inches', 'length in'],
        ['5 Zoll', 'length in'],
        ['5 m2', 'area m2'],
        ['5 sq m', 'area m2'],
        ['5 square metres', 'area m2'],
        ['5 sqm', 'area m2'],
        ['5 ft2', 'area ft2'],
        ['5 sq. ft', 'area ft2'],
        ['5 square feet', 'area ft2'],
        ['5 hectares', 'area ha'],
        ['5 acres', 'area acre'],
        ['5 km/h', 'speed kmh'],
        ['5 kph', 'speed kmh'],
        ['5 mph', 'speed mph'],
        ['5 litres', 'volume l'],
        ['5 l', 'volume l'],
        ['5 ml', 'volume ml'],
        ['5 gallons', 'volume gal'],
        ['5 KB', 'data kb'],
        ['5 MB', 'data mb'],
        ['5 GB', 'data gb'],
        ['5 terabytes', 'data tb'],
        ['5 kWh', 'energy kwh'],
        ['5 MWh', 'energy mwh'],
        ['5 kcal', 'energy kcal'],
        ['5 kJ', 'energy kj'],
      ],
      'what it is so many in': [
        ['5 € per hour', 'eur, by hour'],
        ['5 € pro Stunde', 'eur, by hour'],
        ['5 € par heure', 'eur, by hour'],
        ['5 € a day', 'eur, by day'],
        ['5 € am Tag', 'eur, by day'],
        ['5 € par jour', 'eur, by day'],
        ['5 € each week', 'eur, by week'],
        ['5 € je Woche', 'eur, by week'],
        ['5 € por semana', 'eur, by week'],
        ['5 € im Monat', 'eur, by month'],
        ['5 € al mese', 'eur, by month'],
        ['5 €/month', 'eur, by month'],
        ['5 € / Monat', 'eur, by month'],
        ['5 € per annum', 'eur, by year'],
        ['5 € im Jahr', 'eur, by year'],
        ['5 € par an', 'eur, by year'],
        ['5 € every year', 'eur, by year'],
        ['5 euros per user a month', 'eur, by month'],
        ['5 hours a week', 'by week'],
        ['5 € в месяц', 'eur, by month'],
        ['5 € за час', 'eur, by hour'],
        ['5 € quarterly', 'eur, by quarter'],
        ['5 € vierteljährlich', 'eur, by quarter'],
        ['5 € pro Quartal', 'eur, by quarter'],
        ['5 € (monthly)', 'eur, by month'],
        ['€5 daily', 'eur, by day'],
        ['5 p.a.', 'by year'],
        ['5 € p. a.', 'eur, by year'],
        ['5 pcm', 'by month'],
        ['5 € pw', 'eur, by week'],
        ['monthly rent: 5', 'by month'],
        ['Weekly: $5', 'usd/aud/cad/nzd/sgd/hkd/mxn/ars/clp/cop, by week'],
        ['yearly fee of EUR 5', 'eur, by year'],
        ['annual 5', 'by year'],
        ['daily and then again 5', 'by day'],
      ],
      'what there are so many for': [
        ['5 € per person', 'eur, each'],
        ['5 per head', 'each'],
        ['5 pro Kopf', 'each'],
        ['5 par personne', 'each'],
        ['5 por cabeza', 'each'],
      ],
      neither: [
        ['5 per ab', ''],
        ['5 percent', ''],
        ['5 mo', ''],
        ['5 and a month', 'by month'],
        ['weekly and now and then and again 5', ''],
      ],
    } satisfies Record<string, [string, string][]>),
  )('%s', (_, rows) => {
    expect(rows.map(([text]) => [text, saidIn(text)])).toEqual(rows);
  });
});

test('a number is shown with what it is one of', () => {
  const shown = (text: string) => {
    const start = text.search(/\d/);
    return measureAt(text, { start, end: start + 1 }).shown;
  };
  const rows = [
    ['5 €', '5 €'],
    ['$ 5', '$ 5'],
    ['5 kg.', '5 kg'],
    ['5 € per hour', '5 € per hour'],
    ['5 euros per user a month', '5 euros a month'],
    ['5 hours a week', '5'],
    ['yearly fee of EUR 5', 'EUR 5'],
    ['US$5 each', 'US$5'],
    ['5 apples', '5'],
    ['apples 5', '5'],
  ];
  expect(rows.map(([text = '']) => [text, shown(text)])).toEqual(rows);
});

test('the name of a member says what its number is one of', () => {
  const rows = [
    ['weightKg', 'mass kg'],
    ['weight_lb', 'mass lb'],
    ['kg', ''],
    ['price_eur', 'eur'],
    ['priceUsd', 'usd'],
    ['retry', ''],
    ['price_try', ''],
    ['fee-chf', 'chf'],
    ['weeklyRent', 'by week'],
    ['monthly_fee', 'by month'],
    ['pricePerMonth', 'by month'],
    ['rate_per_hour', 'by hour'],
    ['perDiem', ''],
    ['per', ''],
    ['hour', ''],
    ['tempCelsius', 'temperature c'],
    ['temp_fahrenheit', 'temperature f'],
    ['celsius', ''],
    ['yearly', 'by year'],
    ['annualFeeEur', 'eur, by year'],
    ['sizeMb', 'data mb'],
    ['priceDollar', ''],
    ['', ''],
    ['pricePer', ''],
    ['costPerKg', 'mass kg'],
  ];
  expect(rows.map(([name = '']) => [name, said(measureOfName(name))])).toEqual(rows);
});

describe('sources and an answer that say different measures of a number', () => {
  /** Whether the sources, with what each says of 5, contradict what the answer says of it. */
  const areContradicted = (sources: readonly string[], answer: string) => {
    const measures = new Measures();
    const of = (text: string) => {
      const start = text.search(/\d/);
      return measureAt(text, { start, end: start + 1 });
    };
    for (const source of sources) measures.add([Number(/\d/.exec(source)?.[0])], of(source));
    return measures.contradict(5, of(answer));
  };
  test.each([
    [['5 €'], '$5', true],
    [['5 €'], '5 EUR', false],
    [['5 €', '$5'], '$5', false],
    [['5 apples'], '5 €', false],
    // Another number of the sources has a currency.
    [['5 apples', '6 €'], '$5', true],
    [['5 apples', '6 €'], '5 €', false],
    [['6 €'], '$5', false],
    [['5 kg'], '5 lb', true],
    [['5 kg'], '5 km', false],
    [['5 kg', '5 lb'], '5 lb', false],
    [['5 kg', '5 apples'], '5 lb', false],
    [['5 lb'], '5 pounds', false],
    [['£5'], '5 pounds', false],
    [['$5'], '5 pounds', true],
    [['5 kg'], '5 pounds', true],
    [['5 kg', '5 apples'], '5 pounds', false],
    [['5 a week'], '5 a month', true],
    [['5 a week', '5 a month'], '5 a month', false],
    [['5'], '5 a month', false],
    [['5 per person'], '5 a month', true],
    [['5 a week'], '5', false],
  ])('%j and %s: %j', (sources, answer, isContradicted) => {
    expect(areContradicted(sources, answer)).toBe(isContradicted);
  });
});

test('the sources have a currency, a unit or a period in whatever notation', () => {
  const measures = new Measures();
  measures.mention('priceEur: 5 GBP, dollars, TRY it; 5 NOK, zloty. Xeur');
  measures.add([5], { unit: 'mass kg', period: 'week' });
  const words = ['EUR', '€', 'sterling', '円', 'Lira', 'PLN', 'złoty', 'kilos', 'lb', 'Woche', 'month', 'USD', ''];
  expect(words.filter((word) => measures.has(word))).toEqual([
    'EUR',
    '€',
    'sterling',
    'PLN',
    'złoty',
    'kilos',
    'Woche',
    'USD',
  ]);
});

test('a number that stands often is still known in each of its measures', () => {
  const measures = new Measures();
  for (let count = 0; count < 30; count += 1) measures.add([5], { unit: 'mass kg' });
  measures.add([5], { unit: 'mass lb' });
  expect(measures.contradict(5, { unit: 'mass lb' })).toBe(false);
  expect(measures.contradict(5, { unit: 'mass oz' })).toBe(true);
});
