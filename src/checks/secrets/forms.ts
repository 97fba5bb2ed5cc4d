import { isCard, isIban } from './check-digits.ts';
import { isDefaultLogin } from './default-logins.ts';
import { isExample, isExpression } from './no-secret.ts';
import { isMixed, isRandom } from './randomness.ts';

export interface Kind {
  readonly sort: string;
  /** The group `secret` is the secret, where the form has more. */
  readonly form: RegExp;
  readonly holds?: (secret: string, at: Place) => boolean;
}

/** Where a secret stands, and the named groups of its form. */
interface Place {
  readonly text: string;
  readonly start: number;
  readonly groups: { readonly [name: string]: string | undefined };
}

/** What the tokens of an issuer begin with, and what follows. */
const issuers: readonly (readonly [sort: string, form: string])[] = [
  ['AWS access key', String.raw`(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b`],
  ['GitHub token', String.raw`(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\b`],
  ['GitLab token', String.raw`gl(?:pat|ptt|dt|rt|soat|cbt|ft)-[\w-]{20,64}`],
  ['Slack token', String.raw`(?:xox[abeoprs]|xapp)-[\w-]{10,250}`],
  ['Stripe key', '[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}'],
  ['webhook secret', 'whsec_[A-Za-z0-9+/=]{16,250}'],
  ['Anthropic key', String.raw`sk-ant-[\w-]{20,250}`],
  ['Google API key', String.raw`AIza[\w-]{35}(?![\w-])`],
  ['Google OAuth secret', String.raw`GOCSPX-[\w-]{20,64}`],
  ['Google OAuth token', String.raw`(?:ya29\.[\w-]{20,500}|1\/\/0[\w-]{30,250})`],
  ['Hugging Face token', String.raw`hf_[A-Za-z0-9]{30,64}\b`],
  ['npm token', String.raw`npm_[A-Za-z0-9]{36}\b`],
  ['PyPI token', String.raw`pypi-AgE[\w-]{50,250}`],
  ['Docker token', String.raw`dckr_(?:pat|oat)_[\w-]{20,64}`],
  ['SendGrid key', String.raw`SG\.[\w-]{16,32}\.[\w-]{16,64}`],
  ['Telegram bot token', String.raw`\d{8,10}:AA[\w-]{33}(?![\w-])`],
  ['Discord bot token', String.raw`[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])`],
  ['Twilio key', String.raw`SK[a-f\d]{32}\b`],
  ['Shopify token', String.raw`shp(?:at|ca|pa|ss)_[a-fA-F\d]{32}\b`],
  ['Square token', String.raw`sq0(?:atp|csp)-[\w-]{22,64}`],
  ['Groq key', String.raw`gsk_[A-Za-z\d]{40,64}\b`],
  ['xAI key', String.raw`xai-[A-Za-z\d]{60,100}\b`],
  ['Replicate token', String.raw`r8_[A-Za-z\d]{37}\b`],
  ['Perplexity key', String.raw`pplx-[A-Za-z\d]{40,64}\b`],
  ['DigitalOcean token', String.raw`do[opr]_v1_[a-f\d]{64}\b`],
  ['Databricks token', String.raw`dapi[a-f\d]{32}\b`],
  ['Grafana token', String.raw`glsa_[A-Za-z\d]{32}_[a-f\d]{8}\b`],
  ['Vault token', String.raw`hv[sb]\.[\w-]{24,250}`],
  ['Atlassian token', String.raw`ATATT3x[\w=-]{50,250}`],
  ['Linear key', String.raw`lin_(?:api|oauth)_[A-Za-z\d]{32,64}\b`],
  ['Notion token', String.raw`ntn_[A-Za-z\d]{40,64}\b`],
  ['Supabase token', String.raw`sb(?:p_[a-f\d]{40}|_secret_[\w-]{20,64})\b`],
  ['Postman key', String.raw`PMAK-[a-f\d]{24}-[a-f\d]{34}\b`],
  ['New Relic key', String.raw`NRAK-[A-Z\d]{27}\b`],
  ['age key', String.raw`AGE-SECRET-KEY-1[A-Z\d]{58}\b`],
];

const separator = '[_ -]?';
/** What a secret is called, also within a longer name: `dbPassword`, `Benutzerkennwort`. */
const within = [
  `pass${separator}(?:word|wort|phrase|code|ord)|kennwort|wachtwoord|lösenord|adgangskode|kodeord|salasana|jelszó|mot de passe`,
  'contraseña|contrasena|palavra-passe|пароль|пароля|парола|κωδικός|סיסמה|كلمة المرور|كلمة السر|पासवर्ड|密码|密碼|口令|パスワード|비밀번호|암호|รหัสผ่าน|mật khẩu|kata sandi',
  `secret${separator}(?:access${separator})?key|api${separator}(?:key|token|secret|schlüssel)|(?:access|auth|refresh|bearer|bot)${separator}token`,
  `(?:client|app|webhook|signing|consumer|shared)${separator}secret|(?:account|encryption|signing|private|shared${separator}access)${separator}key`,
].join('|');
const alone = 'pass|pwd|mdp|secret|clave|senha|parola|hasło|heslo|şifre|token';
const called = String.raw`(?:${within}|(?<![\p{L}\p{N}])(?:${alone}))s?`;
const forWhat = String.raw`(?:\s(?:for|of|to|für|zu|zum|pour|para|per|voor|van|von|de|del|della|di|du|des|do|da|dos|av|til)\s[^\n:=|]{1,40}?)?`;
const tag = String.raw`<\/?[a-z]{1,10}(?:\s[^<>\n]{0,60})?>`;
const isValue = String.raw`["']?\s{0,20},?\s{0,20}["']?value["']?\s{0,3}[:=]`;
/** "is", with a colon or without: "Your password is:", "Le mot de passe est :". */
const verb = String.raw`(?:(?:\s|(?<=\p{L}))(?:(?:is|was|will be|has been)(?:\s(?:now|(?:re)?set to|changed to))?|(?:re)?set to|changed to|ist|lautet|est|es|è|é|jest|är|er|on|это)(?![\p{L}])|\s?(?:是|为|為|は|는|은))(?:\s?[:：])?`;
const says = String.raw`(?:[:=：|→⇒>]|[=-]>|${tag}\s{0,20}${tag}|${isValue}|${verb})`;
/** Marks and white space before a secret, or the opening of a code block. */
const opens = String.raw`(?:\s{1,4}${'`'.repeat(3)}\w{0,12}\s{1,2}|[\s"'*_${'`'}[]{0,6})`;
const value = '[^\\s"\'`,;<>{}|]{8,128}';
const mark = String.raw`["'*_${'`'}\])]`;
const labelled = String.raw`${called}${forWhat}${mark}{0,4}\s{0,3}${says}${opens}(?<secret>${value})`;
/** "Passwort h8K…", `--password h8K…`, a heading with the value below it. */
const beside = String.raw`${called}${mark}{0,4}(?:\s-{1,2})?\s[\s"'*_${'`'}]{0,9}(?<secret>${value})`;
const before = String.raw`(?<![^\s"'${'`'}])[*_]{0,3}(?<secret>${value})["'*_${'`'}]{0,4}\s(?:as|is|for\s(?:the|your|my)|ist|als|comme|est|como|es|come|è)\s(?:\p{L}{1,12}\s){0,2}?[\p{L}-]{0,24}?${called}`;
/** The value first: `{"value":"h8K…","name":"password"}`. */
const valueFirst = String.raw`(?<![\p{L}\p{N}])value["']?\s{0,3}[:=]\s{0,3}["'](?<secret>${value})["']\s{0,20},?\s{0,20}["']?(?:name|key|label|field|id)["']?\s{0,3}[:=]\s{0,3}["'][\w.-]{0,24}?${called}["']`;

/** The options by which commands take a password, of those that have no word for it. */
const options: readonly (readonly [command: string, option: string])[] = [
  ['sshpass|sqlcmd|bcp|(?:un)?zip', String.raw`-[pP]\s?`],
  ['mysql(?:dump|admin|import|show|check)?|mariadb(?:-dump|-admin)?|7z[ar]?', '-p'],
  ['mongo(?:sh|dump|restore|export|import)?', String.raw`-p\s`],
  [String.raw`(?:docker|podman|nerdctl|buildah|skopeo|helm|oc|az)\s(?:registry\s)?login`, String.raw`-p\s`],
  ['redis-cli', String.raw`-a\s`],
  ['ldap(?:search|modify|add|delete|passwd|whoami)', String.raw`-w\s`],
  ['keytool|jarsigner', String.raw`-(?:store|key|src|dest){1,2}pass\s`],
  ['smbclient|rpcclient', String.raw`-U\s?["']?[^\s%"']{1,64}%`],
];
const ofCommands = options.map(
  ([command, option]) =>
    String.raw`(?<![\w./-])(?:${command})(?:\.exe)?(?=\s)[^\n|;&]{0,200}?\s${option}["']?(?<secret>[^\s"'${'`'}]{8,128})`,
);

/** The forms of secrets. Each is bounded, so that a text is read in linear time. */
export const kinds: readonly Kind[] = [
  { sort: 'private key', form: /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/g },
  { sort: 'private key', form: /^Private-Lines: \d{1,4}\s{1,2}[A-Za-z\d+/]{16}/gm }, // of PuTTY
  {
    sort: 'private key', // a JSON web key
    form: /"(?:d|k)"\s{0,5}:\s{0,5}"(?<secret>[\w-]{32,1400})"/g,
    holds: (secret, { text, start }) =>
      /"kty"/.test(text.slice(Math.max(0, start - 2_000), start + 4_000)) && isRandom(secret),
  },
  ...issuers.map(([sort, form]) => ({ sort, form: new RegExp(String.raw`(?<![A-Za-z\d_])${form}`, 'g') })),
  { sort: 'OpenAI key', form: /\bsk-(?:proj-|svcacct-|admin-)?(?!ant-)[A-Za-z0-9_-]{20,250}/g, holds: isRandom },
  { sort: 'Slack webhook', form: /hooks\.slack\.com\/services\/T\w{6,12}\/B\w{6,12}\/\w{20,32}/g },
  { sort: 'Discord webhook', form: /discord(?:app)?\.com\/api\/webhooks\/\d{15,22}\/[\w-]{40,100}/g },
  { sort: 'JSON web token', form: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000}/g },
  {
    sort: 'AWS secret key',
    form: /(?<![A-Za-z\d/+=_-])[A-Za-z\d/+]{40}(?![A-Za-z\d/+=_-])/g,
    holds: (secret, at) => /[a-z]/.test(secret) && /[A-Z]/.test(secret) && isBesideAccessKey(at),
  },
  {
    sort: 'password in an address',
    form: /\b[a-z][a-z\d+.-]{1,20}:\/\/(?<user>[^\s:/@?#]{0,64}):(?<secret>[^\s:/@?#]{3,128})@(?<host>[\w.-]{1,253}|\[[\da-f:]{2,45}\])/gi,
    holds: (secret, { groups: { user = '', host = '' } }) => !isDefaultLogin({ user, password: secret, host }),
  },
  {
    sort: 'bearer token',
    form: /\b(?:bearer|authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:token|apikey))\s{1,3}(?<secret>[\w.~+/-]{16,4000}={0,2})/gi,
    holds: (secret) => isRandom(secret) && !isExpression(secret),
  },
  {
    sort: 'password in a header',
    form: /\bbasic\s{1,3}(?<secret>[A-Za-z\d+/]{8,512}={0,2})/gi,
    holds: isUserAndPassword,
  },
  {
    sort: 'password of a command',
    form: /\s(?:-u|--user)[\s=]["']?[^\s:"'/$<{]{1,64}:(?<secret>[^\s"'`]{8,128})/g,
    holds: isRandom,
  },
  ...ofCommands.map((form) => ({
    sort: 'password of a command',
    form: new RegExp(form, 'g'),
    holds: (secret: string) => isRandom(secret) && !isExpression(secret),
  })),
  {
    sort: 'signature of a shared access', // of Azure: 32 bytes in base64
    form: /(?<![\w-])sig=(?<secret>(?:[\w+/-]|%2[BbFf]){43}(?:=|%3[Dd])?)(?![\w+/%-])/g,
    holds: isRandom,
  },
  ...[labelled, valueFirst].map((form) => ({
    sort: 'password or key',
    form: new RegExp(form, 'giu'),
    holds: (secret: string) => isRandom(secret) && !isExpression(secret),
  })),
  ...[beside, before].map((form) => ({
    sort: 'password or key',
    form: new RegExp(form, 'giu'),
    holds: (secret: string) => isMixed(secret) && isRandom(secret) && !isExpression(secret),
  })),
  {
    sort: 'card number',
    form: /(?<![\d.,+-])(?:\d{13,19}|\d{4}([ ./-])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ ./-])\d{6}\2\d{5})(?![\d.,-]?\d)/g,
    holds: isCard,
  },
  {
    sort: 'bank account number (IBAN)',
    form: /\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z\d]{4}){2,7}(?:[ .-]?[A-Z\d]{1,4})?\b/g,
    holds: isIban,
  },
];

/** How a column of a table is named that has secrets. */
export const calledSecret = new RegExp(called, 'iu');
/** A list of a JSON text that is called so. */
export const listOfSecrets = new RegExp(String.raw`${called}["']\s{0,3}:\s{0,3}\[`, 'iu');

const besideDistance = 300;

/** An access key, or the name of its secret, stands close before or after it. */
function isBesideAccessKey({ text, start }: Place): boolean {
  const around = text.slice(Math.max(0, start - besideDistance), start + besideDistance);
  return /(?<![A-Za-z\d])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z\d])|aws.{0,20}secret|secret.{0,3}access.{0,3}key/i.test(
    around,
  );
}

/** `user:password` in base64, as RFC 7617 has it. */
function isUserAndPassword(encoded: string): boolean {
  try {
    const [, password = ''] = /^[\x20-\x7e]{1,64}?:([\x20-\x7e]{4,})$/.exec(atob(encoded)) ?? [];
    return password !== '' && !/^open ?sesame$/i.test(password) && !isExample(password);
  } catch {
    return false; // no base64
  }
}
