import { describe, expect, test } from 'vitest';
import { claimsIn } from '../../../src/checks/evidence/claims.ts';
import { compact, formsOf, wordsOf, wordsOfForm } from '../../../src/checks/evidence/fold.ts';
import { namesIn } from '../../../src/checks/evidence/proper-names.ts';
import { decimalsOf } from '../../../src/checks/evidence/separators.ts';
import { Units } from '../../../src/checks/evidence/units.ts';

test.each<[text: string, claims: string[]]>([
  ['See https://acme.com/a?b=1, or www.acme.com.', ['address https://acme.com/a?b=1', 'address www.acme.com']],
  ['Write to jane.doe@acme.com!', ['address jane.doe@acme.com']],
  ['He said "we will pay all of it" and left.', ['quotation "we will pay all of it"']],
  ['‘two words’ and ‘one’', ['quotation ‘two words’']],
  ['He said "no".', []],
  ['At 2024-03-05T10:30:00Z it broke.', ['date 2024-03-05T10:30:00Z']],
  ['Due on 5 March 2024.', ['date 5 March 2024']],
  ['The 3rd edition, the first one, the second-hand one, the third party.', ['number 3rd']],
  ['Two thirds of them, one in eight.', ['number Two thirds', 'number one in eight']],
  ['At half past three, at 14:30.', ['time half past three', 'time 14:30']],
  ['From 9 to 5.', ['time From 9 to 5']],
  ['Order INV-2024-001 and A4 paper and x86.', ['identifier INV-2024-001', 'identifier A4', 'identifier x86']],
  ['Version 4.2.0 of 12 May', ['name Version', 'identifier 4.2.0', 'date 12 May']],
  ['Call +49 30 1234567.', ['identifier 49 30 1234567']],
  ['We have 25 items and 3.5kg.', ['number 25', 'number 3.5kg']],
  ['Twenty-five people came, and one left.', ['number Twenty-five']],
  ['Paid in Swiss francs.', ['name Swiss francs']],
  ['Jane Doe met Bob.', ['name Jane Doe', 'name Bob']],
  ['1. first\n2. second', []],
  ['```js\n5 + Bob\n```\nand 7', ['number 7']],
  ['500ml of 5GB at 3GHz', ['number 500ml', 'number 5GB', 'name GB', 'number 3', 'name GHz']],
  ['a 5-year plan', ['number 5']],
  ['It costs €5 or 5 dollars.', ['number €5', 'number 5 dollars']],
  ['1.2.3.4', ['identifier 1.2.3.4']],
  ['Room B12.', ['name Room', 'identifier B12']],
  ['ISO 9001:2015', ['number 9001', 'number 2015']],
  ['123-456', ['number 123', 'number 456']],
  ['12 34 56 78', ['identifier 12 34 56 78']],
  ['5/8/2024 or 3/4', ['date 5/8/2024', 'number 3', 'number 4']],
  ['minus 5 degrees', ['number 5']],
  ['"a b" "c d"', ['quotation "a b"', 'quotation "c d"']],
  ['A-1/b_2#c.3:d', ['identifier A-1/b_2#c.3:d']],
])('the claims of %j: %j', (text, claims) => {
  expect(claimsIn(text).map(({ type, text: said, shown = said }) => `${type} ${shown}`)).toEqual(claims);
});

test.each<[text: string, names: string[]]>([
  ['Jane Doe met Bob Smith.', ['Jane Doe@0', 'Bob Smith@13']],
  ['The contract is with Acme Corp. and Globex.', ['Acme Corp@21', 'Globex@36']],
  ['Acme needs it.', []],
  ['Applicants need it.', []],
  ['Please ask Dr. Miller.', ['Miller@15']],
  ['# Jane Doe\nshe is here', []],
  ['**Jane Doe**\nshe', []],
  ['Name: Jane Doe', ['Jane Doe@6']],
  ['| Name |\n|---|\n| Jane Doe |', ['Jane Doe@17']],
  ['Der Vertrag ist mit der Firma Acme und das Haus.', []],
  ['Der Vertrag mit Jane Doe ist da.', ['Jane Doe@16']],
  ['Best regards,\nJane', ['Jane@14']],
  ['I met the CEO of Acme.', ['Acme@17']],
  ['Procter & Gamble is here.', ['Procter & Gamble@0']],
  ['University of Oxford is old.', ['Oxford@14']],
  ['He met Charles de Gaulle.', ['Charles de Gaulle@7']],
  ['Dear Jane, the API is here.', ['Jane@5']],
  ['She went to Paris. London was next.', ['Paris@12', 'London@19']],
  ["L'ordine è di Marco con una.", ['Marco@14']],
  ["O'Brien was here with the others.", []],
  ['Mr Smith is the one.', ['Smith@3']],
  ['It is in Q1 at 5 PM UTC.', []],
  ['Meet Ada: she is the one', []],
  ["Bob's car is the red one.", ['Bob@0']],
  ['yes, "Ada" said it to the man', ['Ada@6']],
  ['Ada', ['Ada@0']],
  ['Ada Byron', ['Ada Byron@0']],
  ['le contrat est avec Acme pour nous et vous', ['Acme@20']],
  ['- Ada has the one', ['Ada@2']],
  ['3) Bob was the one', ['Bob@3']],
  ['The Q3 API Note', []],
  ['Ada\u00A0Byron is the one', ['Ada Byron@0']],
  ['Jean-Luc Picard is the one', ['Jean-Luc Picard@0']],
  ['J. R. Smith is the one', ['J. R. Smith@0']],
  ['St. Gallen is the one', ['St. Gallen@0']],
  ['email@Acme.com is the one', []],
  ['Ада была там и он не был', []],
])('the names of %j: %j', (text, names) => {
  expect(namesIn(text).map(({ text: name, start }) => `${name}@${start}`)).toEqual(names);
});

test('words are compared in one spelling', () => {
  const words = [
    ['Corporation', 'corp'],
    ['Incorporated', 'inc'],
    ['Company', 'co'],
    ['Limited', 'ltd'],
    ['Street', 'st'],
    ['Straße', 'str'],
    ['Strasse', 'str'],
    ['Avenue', 'ave'],
    ['Road', 'rd'],
    ['Doctor', 'dr'],
    ['Professor', 'prof'],
    ['Department', 'dept'],
    ['Euro', 'eur'],
    ['Euros', 'eur'],
    ['€', 'eur'],
    ['Dollar', 'usd'],
    ['Dollars', 'usd'],
    ['$', 'usd'],
    ['£', 'gbp'],
    ['¥', 'jpy'],
    ['&', 'and'],
    ['min', 'minute'],
    ['mins', 'minute'],
    ['minutes', 'minute'],
    ['hr', 'hour'],
    ['hrs', 'hour'],
    ['hours', 'hour'],
    ['secs', 'sec'],
    ['seconds', 'sec'],
    ['gram', 'g'],
    ['grams', 'g'],
    ['Gramm', 'g'],
    ['kilo', 'kg'],
    ['kilos', 'kg'],
    ['kilogram', 'kg'],
    ['kilograms', 'kg'],
    ['Kilogramm', 'kg'],
    ['metre', 'm'],
    ['metres', 'm'],
    ['meter', 'm'],
    ['meters', 'm'],
    ['kilometre', 'km'],
    ['kilometres', 'km'],
    ['kilometer', 'km'],
    ['kilometers', 'km'],
    ['litre', 'l'],
    ['litres', 'l'],
    ['liter', 'l'],
    ['liters', 'l'],
    ['Łódź', 'lodz'],
    ['Ødegård', 'odegard'],
    ['Đorđe', 'dorde'],
    ['Æsop', 'aesop'],
    ['œuvre', 'oeuvre'],
    ['ışık', 'isik'],
    ['café', 'cafe'],
    ['soft\u00ADhyphen', 'softhyphen'],
    ["Bob's", 'bob'],
    ['Bob’s', 'bob'],
    ['东京塔', '东 京 塔'],
    ['日本 5', '日 本 5'],
    ['กรุงเทพ', 'ก ร ง เ ท พ'],
    ['a5b', 'a 5 b'],
    ['12.5', '12 5'],
    ['ﬁne', 'fine'],
    ['Ｆｕｌｌ', 'full'],
  ];
  expect(words.map(([word = '']) => [word, wordsOf(word).join(' ')])).toEqual(words);
});

test('the forms of a word, and the words of a form', () => {
  expect(formsOf('cat')).toEqual(['cat']);
  expect(formsOf('cats')).toEqual(['cats', 'catss', 'catses', 'catse', 'catsn', 'catsen', 'catser', 'cat']);
  expect(wordsOfForm('frau')).toEqual(['frau', 'fraus', 'fraues', 'fraue', 'fraun', 'frauen', 'frauer']);
  expect(wordsOfForm('days')).toEqual(['days', 'dayss', 'dayses', 'dayse', 'daysn', 'daysen', 'dayser']);
  expect(compact('A-1 / b.2 é')).toBe('a1b2e');
});

test.each<[text: string, isPoint: boolean, isComma: boolean]>([
  ['1,240.50', true, false],
  ['12.50', true, false],
  ['0.125', true, false],
  ['1.240,50', false, true],
  ['12,50', false, true],
  ['0,125', false, true],
  ['5.5 kg', true, false],
  ['5,5 kg', false, true],
  ['5.5%', true, false],
  ['5,5 %', false, true],
  ['der Hund ist nicht im Haus und das war alles 1,250', false, true],
  ['the dog is not in the house and that was all 1,250', true, false],
  ['12.345', true, false],
  ['1,234', true, false],
  ['5.5', true, false],
  ['1.2.50', true, false],
  ['x12.5000', true, false],
  ['1,234.567', true, false],
  ['1.234,567', false, true],
  ['', true, false],
  ['le chien est dans la maison avec une amie 1.250', false, true],
  ['It costs 12.50 now.', true, false],
  ['Es kostet 12,50 heute.', false, true],
  ['The versions 1.2.50 and 3,4,50', true, false],
  ['(0,125)', false, true],
])('in %j a point may stand before decimals: %j, a comma: %j', (text, isPoint, isComma) => {
  const areDecimals = decimalsOf(text);
  expect([areDecimals('.', text.length), areDecimals(',', text.length)]).toEqual([isPoint, isComma]);
});

describe('what the sources count', () => {
  const areContradicted = (source: string, value: number, unit?: string) => {
    const units = new Units();
    for (const { 0: digits, index } of source.matchAll(/\d+/g))
      units.add([Number(digits)], source, { start: index, end: index + digits.length });
    return units.contradict(value, unit);
  };
  test.each([
    ['12 guests came, and later on 5 dogs', 12, 'dogs', true],
    ['12 guests and 5 dogs', 5, 'dogs', false],
    ['12 guests and 5 dogs', 12, 'dog', false],
    ['12 guests', 12, 'cats', false],
    ['12 guests', 13, 'guests', true],
    ['12 EUR and 5 euros', 12, 'eur', false],
    ['Guests: 12. Dogs: 5', 12, 'guests', false],
    ['12 days and 5 weeks', 5, 'days', true],
    ['12 days', 12, 'Tage', false],
    ['12 Tage', 12, 'weeks', true],
    ['5 minutes', 5, 'Stunden', true],
    ['5 Monate', 5, 'years', true],
    ['5 jours', 5, 'jaren', true],
    ['5 uur', 5, 'hours', false],
    ['5 minuti', 5, 'min', false],
    ['5 semanas', 5, 'Wochen', false],
    ['5 mesi', 5, 'months', false],
    ['5 anni', 5, 'ans', false],
    ['12 | guests', 12, 'guests', false],
    ['12 guests', 12, undefined, false],
    ['12', 12, 'guests', false],
    ['12 EUR and 5', 5, 'EUR', false],
    ['12 USD and 5', 5, 'USD', false],
    ['12 GBP and 5', 5, 'GBP', false],
    ['12 JPY and 5', 5, 'JPY', false],
    ['12 CHF and 5', 5, 'CHF', false],
    ['12 cents and 5', 5, 'cents', false],
    ['12 percent and 5', 5, 'percent', false],
    ['12 Prozent and 5', 5, 'Prozent', false],
    ['12 guests in a row, later 5', 5, 'guests', true],
  ] as const)('%j contradicts %i %s: %j', (source, value, unit, isContradicted) => {
    expect(areContradicted(source, value, unit)).toBe(isContradicted);
  });
});
