import { expect, test } from 'vitest';
import { grounded } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

const source = 'the delivery was late and the boxes were wet, said the driver. die lieferung kam zu spät.';
const verdictOn = (text: string) => runCheck(grounded({ sources: [source] }), text);
const forms: readonly ((said: string) => string)[] = [
  (said) => `it says "${said}".`,
  (said) => `it says “${said}”.`,
  (said) => `det står ”${said}”.`,
  (said) => `es heißt „${said}“.`,
  (said) => `jest „${said}”.`,
  (said) => `il dit « ${said} ».`,
  (said) => `es heißt »${said}«.`,
  (said) => `siellä »${said}».`,
  (said) => `es heißt ‚${said}‘.`,
  (said) => `es heißt ‹${said}›.`,
  (said) => `es heißt ›${said}‹.`,
  (said) => `it says ‘${said}’.`,
  (said) => `曰く「${said}」`,
  (said) => `曰く『${said}』`,
  (said) => `it says &quot;${said}&quot;.`,
  (said) => `it says <q>${said}</q>.`,
  (said) => `it says <blockquote>${said}</blockquote>`,
  (said) => `the driver says:\n> ${said}\n\nthat is all`,
  (said) => `so it reads, **word for word:**\n\n> ${said.replace(' ', '\n> ')}`,
];

test.each(forms.map((form) => [form('…'), form] as const))('finds an invented quotation in %j', async (_, form) => {
  expect(await verdictOn(form('the delivery was late and the boxes were wet'))).toEqual({ type: 'pass' });
  expect(await verdictOn(form('the boxes were lost at sea'))).toMatchObject({
    type: 'fail',
    issues: [{ message: expect.stringMatching(/^Quote word for word, or leave the quotation out: /) }],
  });
});

test.each([
  'here is a draft of a reply:\n> dear driver, we are sorry about the wet boxes\n> see you soon',
  '> note that this is only a summary in other words',
  'a board of 5” by 10” and another of 6” by 12”',
  '« late\nand wet » was all « the delivery was late » he said',
  'if a > b and c > d then e > f',
])('takes nothing for a quotation in %j', async (text) => {
  const verdict = await verdictOn(text);
  const issues = verdict.type === 'fail' ? verdict.issues : [];
  expect(issues.filter(({ message }) => message.startsWith('Quote'))).toEqual([]);
});
