import { expect, test } from 'vitest';
import { language } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

const english = 'This is the answer that you have asked for, and it was written in the language of the question.';
const german = 'Das ist die Antwort, nach der du gefragt hast, und sie ist in der Sprache der Frage geschrieben.';
const found = async (wanted: string | string[], answer: unknown) => {
  const verdict = await runCheck(language(wanted), typeof answer === 'string' ? answer : JSON.stringify(answer));
  return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message) : [];
};

test('names the languages it wants, and the one it found', async () => {
  expect(await found('de', english)).toEqual(['Write the answer in German; it is in English.']);
  expect(await found(['fr', 'it'], english)).toEqual(['Write the answer in French or Italian; it is in English.']);
  expect(await found(['fr', 'en'], english)).toEqual([]);
  expect(await found(['EN-us', 'de_AT'], english)).toEqual([]);
});

test.each([
  ['code in a fence', `${german}\n\`\`\`\n${english.repeat(5)}\n\`\`\``],
  ['code in a fence that is open', `${german}\n\`\`\`\n${english.repeat(5)}`],
  ['code in a line', `${german} \`${english}\` \`${english}\``],
  ['what is quoted so', `${german} "${english}${english}${english}"`],
  ['what is quoted in English', `${german} “${english}${english}${english}”`],
  ['what is quoted in German', `${german} „${english}${english}${english}“`],
  ['what is quoted in French', `${german} «${english}${english}${english}»`],
  ['an address without encryption', `${german} http://example.com/${'the-and-of-for-'.repeat(20)}`],
  [
    'addresses',
    `${german} https://example.com/${'this-is-the-and-of-for-'.repeat(20)} www.example.com/${'the-and-'.repeat(20)}`,
  ],
  ['what comes after the first 50,000 characters', german.repeat(600) + english.repeat(1200)],
])('does not count %s', async (_, text) => {
  expect(await found('de', text)).toEqual([]);
});

test.each([
  ['de', 'Thank you for your order.', 'English'],
  ['de', 'Jane Doe lives in Boston with Tom Miller, and Anna Schmidt in Leeds.', 'English'],
  ['en', 'Vielen Dank für Ihre Bestellung.', 'German'],
  ['en', 'Leider ist keine Rückerstattung möglich.', 'German'],
  ['en', 'Merci pour votre commande.', 'French'],
  ['de', 'Gracias por su pedido.', 'Spanish'],
  ['en', 'Dziękujemy za zamówienie, które Państwo złożyli.', 'Polish'],
  ['en', 'Столица Франции — Париж.', 'Russian'],
  ['de', 'Дякуємо за ваше замовлення.', 'Ukrainian'],
])('is told from few words: %s for %s', async (wanted, text, language) => {
  expect(await found(wanted, text)).toEqual([expect.stringContaining(`it is in ${language}.`)]);
});

test.each([
  ['en', 'Museo del Prado, Casa de la Moneda, Plaza Mayor'],
  ['de', 'The North Face Jacket, Visual Studio Code'],
  ['en', 'Müller, Łukasz Żak, José Muñoz, Håkan Åström, Søren Ørsted'],
  ['fr', 'Jane Doe, Boston'],
  ['de', 'Wir empfehlen Visual Studio Code.'],
  ['it', 'Il pacco arriva domani.'],
])('names and titles are of no language: %s for %s', async (wanted, text) => {
  expect(await found(wanted, text)).toEqual([]);
});

test('counts what stands between code and quotations', async () => {
  const parts = english.split(', ');
  expect(await found('de', `${parts[0]} \`x\` ${parts[1]}\n\`\`\`\nx\n\`\`\`\n${english} "x"`)).toHaveLength(1);
});

test('reads the longer strings of a JSON answer', async () => {
  const short = Array.from({ length: 40 }, () => 'the and of');
  expect(await found('de', { text: german, tags: short })).toEqual([]);
  expect(await found('de', { text: english, tags: ['der', 'die', 'das'] })).toHaveLength(1);
  expect(await found('de', { n: 5, text: english.replaceAll(' ', '\n ') })).toHaveLength(1);
  expect(await found('de', [german.repeat(600), english.repeat(1200)])).toEqual([]);
});

test('refuses what it does not know', () => {
  expect(() => language('tlh')).toThrow(expect.objectContaining({ argument: 'language' }));
  expect(() => language(['en', 'xx', 'yy'])).toThrow(/^language\(\) knows .*en, .*; not "xx"\.$/);
  expect(() => language([])).toThrow('not [].');
  expect(() => language('')).toThrow('not "".');
  expect(() => language('no')).not.toThrow();
});

test.each([
  ['es', 'Crea una base de datos simple a partir de una entrada de texto.'],
  ['es', 'Número de intentos antes de ejecutar la limpieza.'],
  ['fr', 'Erreur interne de Gstreamer : problème de recherche de fichiers.'],
  ['fr', 'écrire un index de bitmap'],
  ['pt', 'Verificação de assinatura de chave pública falhou.'],
  ['pt', 'A ação de alternar entre a página de truques'],
  ['cs', 'Soubor se nepodařilo otevřít do konce'],
])('a word of several languages is one of each: %s for %j', async (wanted, text) => {
  expect(await found(wanted, text)).toEqual([]);
});

test.each([
  ['en', 'Die Datei konnte nicht gefunden werden.', 'German'],
  ['de', 'Le fichier est introuvable, aucun résultat affiché.', 'French'],
  ['en', 'No se pudo abrir el archivo de texto.', 'Spanish'],
  ['fr', 'The number of files cannot be zero.', 'English'],
  ['es', 'Der er fejl i filen, som ikke kunne læses.', 'Danish'],
  ['en', 'Файл не може бути прочитано, якщо він порожній.', 'Ukrainian'],
])('is told from common words of any subject: %s for %s', async (wanted, text, language) => {
  expect(await found(wanted, text)).toEqual([expect.stringContaining(`it is in ${language}.`)]);
});
