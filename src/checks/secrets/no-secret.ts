/** What has the form of a secret, and is one of the examples that its issuer publishes, or says itself that it is none. */
export function isExample(text: string): boolean {
  return (
    /x{4,}|\*{3,}|\.{3,}|…|your|example|placeholder|changeme|redacted|dummy|insert|replace|env\b|^a1b2c3[a-z\d]{0,10}$|^[$%<{[]|^(?:\d?[a-z_-]*p[a@]ss(?:w[o0]rd|wd)?|secret|token|hunter|foobared)\d{0,4}!?$/i.test(
      text,
    ) ||
    new Set(text).size <= 4 ||
    published.has(text.replace(/[ -]/g, '')) ||
    published.has(text.replace(/[ ./-]/g, '')) ||
    text.endsWith(tokenOfJwtIo)
  );
}

/** https://docs.stripe.com/testing, https://www.rfc-editor.org/rfc/rfc6749 and rfc6750, https://www.swift.com/standards/data-standards/iban-international-bank-account-number, https://jwt.io */
const published = new Set(
  `4000056655665556 4012888888881881 5200828282828210 5105105105105100 2223003122003222 378282246310005 371449635398431
   6011111111111117 6011000990139424 6011981111111113 3056930009020004 30569309025904 36227206271667 38520000023237
   3566002020360505 6555900000604105 6200000000000005 4000002500003155 4000000000000002 4000000000009995
   DE89370400440532013000 GB29NWBK60161331926819 GB82WEST12345698765432 FR1420041010050500013M02606 NL91ABNA0417164300
   ES9121000418450200051332 AT611904300234573201 BE68539007547034 CH9300762011623852957 IT60X0542811101000000123456
   2YotnFZFEjr1zCsicMWpAA tGzv3JOkF0XG5Qx2TlKWIA czZCaGRSa3F0MzpnWDFmQmF0M2JW mF_9.B5f4.1JqM h480djs93hd8 SlAV32hkKG
   sk_test_${'4eC39HqLyjWDarjtT1zdp7dc'} sk_test_${'BQokikJOvBiI2HlWgH4olfQ2'}`.split(/\s+/),
);

/** The signature of the token that jwt.io shows. */
const tokenOfJwtIo = '.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';

/** A name, a call or a member of a program: `hashlib.sha256(…`, `process.env.KEY_2`, `rows[0]`, `Uint8Array`. */
export function isExpression(text: string): boolean {
  return expression.test(text) || /^[A-Z][a-z]+\d{1,2}(?:[A-Z][a-z]+)+$/.test(text);
}

const name = String.raw`[A-Za-z_$][A-Za-z_$]*(?:\d{1,4}[A-Za-z_]*)?`;
const expression = new RegExp(String.raw`^${name}(?:(?:\??\.|::|->)${name})*(?:[([]|(?:\??\.|::|->)${name}\)*$)`);
