import { isExample, isExpression } from './no-secret.ts';

export interface FoundSecret {
  readonly sort: string;
  readonly secret: string;
  readonly start: number;
}

interface Kind {
  readonly sort: string;
  readonly form: RegExp;
  readonly holds?: (secret: string) => boolean;
}

// Forms the issuers publish. Each begins with a mark of its own and is bounded, so that a text is read in linear time.
const kinds: readonly Kind[] = [
  { sort: 'private key', form: /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g },
  { sort: 'AWS access key', form: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  { sort: 'GitHub token', form: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b/g },
  { sort: 'GitLab token', form: /\bglpat-[\w-]{20,64}/g },
  { sort: 'Slack token', form: /\bxox[abeoprs]-[\w-]{10,250}/g },
  { sort: 'Slack webhook', form: /hooks\.slack\.com\/services\/T\w{6,12}\/B\w{6,12}\/\w{20,32}/g },
  { sort: 'Stripe key', form: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}/g },
  { sort: 'Anthropic key', form: /\bsk-ant-[\w-]{20,250}/g },
  { sort: 'OpenAI key', form: /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{20,250}/g, holds: isRandom },
  { sort: 'Google API key', form: /\bAIza[\w-]{35}(?![\w-])/g },
  { sort: 'Google OAuth token', form: /\bya29\.[\w-]{20,500}/g },
  { sort: 'Hugging Face token', form: /\bhf_[A-Za-z0-9]{30,64}\b/g },
  { sort: 'npm token', form: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { sort: 'SendGrid key', form: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}/g },
  { sort: 'Telegram bot token', form: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  { sort: 'JSON web token', form: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000}/g },
  {
    sort: 'password in an address',
    form: /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s:/@?#]{1,64}:(?<secret>[^\s:/@?#]{3,128})@[\w.-]{1,253}/gi,
    holds: (text) => !isExample(text),
  },
  {
    sort: 'password or key',
    form: /(?<![\p{L}\p{N}])(?:pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?key)?|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|passwort|kennwort|token)["']?\s{0,3}(?:[:=]|\bis\b)\s{0,3}["'`]?(?<secret>[^\s"'`,;<>{}]{8,128})/giu,
    holds: (text) => isRandom(text) && !isExample(text) && !isExpression(text),
  },
  {
    sort: 'card number',
    form: /(?<![\d.,+-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{5})(?![\d.,-]?\d)/g,
    holds: isCard,
  },
  {
    sort: 'bank account number (IBAN)',
    form: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?\b/g,
    holds: isIban,
  },
];

/** Longest text that is read. */
const longestText = 20_000_000;

/** What in a text is a secret by its form and is not allowed, each place once. */
export function secretsIn(text: string, isAllowed: (secret: string) => boolean): FoundSecret[] {
  const found: FoundSecret[] = [];
  const read = plain(text.slice(0, longestText));
  for (const { sort, form, holds = () => true } of kinds) {
    for (const match of read.matchAll(form)) {
      const secret = match.groups?.secret ?? match[0];
      const isKnown = found.some(
        ({ start, secret: other }) => start < match.index + match[0].length && match.index < start + other.length,
      );
      if (!isKnown && holds(secret) && !isExample(secret) && !isAllowed(secret))
        found.push({ sort, secret, start: match.index });
      if (found.length >= mostFound) return found;
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

const mostFound = 100;

/** Spaces, dashes and digits of other scripts' making as those of ASCII, each in its place. */
function plain(text: string): string {
  return text
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** Letters and digits, and not a word with a number behind it. */
function isRandom(text: string): boolean {
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  return !/^[A-Za-z]+(?:[-_][A-Za-z]+)*[-_]?\d{0,2}$/.test(text);
}

/** Luhn's sum, of a number that a card network gives out. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (
    !/^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14})$/.test(
      digits,
    )
  )
    return false;
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && new Set(digits).size > 2;
}

/** The check digits of ISO 13616. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
