import { describe, expect, test } from 'vitest';
import { noSecrets } from '../../src/checks/index.ts';
import { runCheck } from '../../src/testing/index.ts';

/** Made at run time, so that no scanner takes this file for a leak. */
const letters = (count: number) => 'aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW'.repeat(20).slice(0, count);
const upper = (count: number) => 'ABCDEFGH234567JKLMNP'.repeat(5).slice(0, count);

const labelled = (label: string) => ['password or key', `${label}: ${letters(10)}`] as const;

/** The same digits, the last so that Luhn's sum is right. */
function withLuhn(digits: string): string {
  const sum = [...digits.slice(0, -1)].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits.slice(0, -1)}${(10 - (sum % 10)) % 10}`;
}

const secrets: readonly (readonly [sort: string, text: string])[] = [
  ['AWS access key', `AKIA${upper(16)}`],
  ['GitHub token', `ghp_${letters(36)}`],
  ['GitHub token', `github_pat_${letters(60)}`],
  ['GitLab token', `glpat-${letters(20)}`],
  ['Slack token', `xoxb-${letters(40)}`],
  ['Stripe key', `sk_live_${letters(24)}`],
  ['Anthropic key', `sk-ant-api03-${letters(90)}`],
  ['OpenAI key', `sk-proj-${letters(48)}`],
  ['Google API key', `AIza${letters(35)}`],
  ['Hugging Face token', `hf_${letters(34)}`],
  ['npm token', `npm_${letters(36)}`],
  ['JSON web token', `eyJ${letters(30)}.eyJ${letters(60)}.${letters(43)}`],
  ['private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIE`],
  ['password in an address', `postgres://app:${letters(12)}@db.internal:5432/shop`],
  ['password or key', `password = "${letters(14)}"`],
  ['password or key', `API_KEY: ${letters(32)}`],
  ['password or key', `Das Passwort: ${letters(10)}`],
  ['password or key', `password = "${letters(9)}.${letters(8)}"`],
  ['password or key', `token: ${letters(9)}(${letters(6)}`],
  ['webhook secret', `whsec_${letters(32)}`],
  ['Slack token', `xapp-1-A0${upper(9)}-1234567890-${letters(40)}`],
  ['Google OAuth secret', `GOCSPX-${letters(28)}`],
  ['AWS secret key', `aws_secret_access_key = ${letters(20)}/+${letters(18)}`],
  ['Docker token', `dckr_pat_${letters(27)}`],
  ['Discord bot token', `M${letters(25)}.G${letters(5)}.${letters(38)}`],
  ['Twilio key', `SK${'0a1b3c5d7e9f2a4b'.repeat(2)}`],
  ['Shopify token', `shpat_${'0a1b3c5d7e9f2a4b'.repeat(2)}`],
  ['Groq key', `gsk_${letters(52)}`],
  ['DigitalOcean token', `dop_v1_${'0a1b3c5d7e9f2a4b'.repeat(4)}`],
  ['bearer token', `Authorization: Bearer ${letters(32)}`],
  ['bearer token', `curl -H 'Authorization: token ${letters(40)}'`],
  ['bearer token', `headers: { "Authorization": "Bearer ${letters(12)}-${letters(12)}" `],
  ['password in a header', `Authorization: Basic ${btoa(`admin:${letters(10)}`)}`],
  ...[
    'sshpass -p §',
    "sshpass -v -p'§' ssh ada@x.test",
    'mysql -h x.test -u root -p§ shop',
    'mysqldump -p§ shop',
    'mongosh x.test -u ada -p §',
    'docker login -u ada -p § x.test',
    'helm registry login -p §',
    'redis-cli -h x.test -a § ping',
    'ldapsearch -x -w §',
    'sqlcmd -S x.test -U sa -P §',
    'unzip -P § a.zip',
    '7z x -p§ a.7z',
    'keytool -list -storepass §',
    'keytool -srcstorepass §',
    'smbclient //x.test/a -U ada%§',
  ].map((command): [string, string] => ['password of a command', command.replace('§', letters(12))]),
  ...['', 'https://x.blob.core.windows.net/a?sv=2022-11-02&sp=r&', 'SharedAccessSignature sr=x&'].map(
    (before): [string, string] => ['signature of a shared access', `${before}sig=${letters(42)}%2B%3D&se=2024-01-01`],
  ),
  ['password of a command', `curl -u admin:${letters(12)} https://api.acme.test`],
  ['password or key', `**Password:** ${letters(10)}`],
  ['password or key', `- **Password**: \`${letters(10)}\``],
  ['password or key', `| Password | ${letters(10)} |`],
  ['password or key', `X-Api-Key: ${letters(24)}`],
  ['password or key', `const dbPassword = '${letters(12)}'`],
  ['password or key', `The password for the admin account is ${letters(10)}.`],
  ['password or key', `AccountKey=${letters(60)}==;`],
  ['password or key', `Das WLAN-Kennwort lautet ${letters(10)}`],
  ['password or key', `Mot de passe : ${letters(10)}`],
  ['password or key', `Su contraseña es ${letters(10)}`],
  ['password or key', `Senha: ${letters(10)}`],
  ['password or key', `Wachtwoord: ${letters(10)}`],
  ['password or key', `Hasło: ${letters(10)}`],
  ['password or key', `Пароль: ${letters(10)}`],
  ['password or key', `您的密码是 ${letters(10)}`],
  ['password or key', `パスワード：${letters(10)}`],
  ['password or key', `비밀번호: ${letters(10)}`],
  ...[
    'passwort',
    'passphrase',
    'pass_code',
    'PassWord',
    'user-pass-word',
    'adgangskode',
    'lösenord',
    'kodeord',
    'salasana',
    'jelszó',
  ].map(labelled),
  ...[
    'palavra-passe',
    'парола',
    'κωδικός',
    'סיסמה',
    'كلمة المرور',
    'كلمة السر',
    'पासवर्ड',
    '密碼',
    '口令',
    '암호',
    'รหัสผ่าน',
    'mật khẩu',
    'kata sandi',
  ].map(labelled),
  ...[
    'secretAccessKey',
    'secret_key',
    'apiToken',
    'api secret',
    'API-Schlüssel',
    'access_token',
    'authToken',
    'refresh token',
    'bot-token',
  ].map(labelled),
  ...[
    'clientSecret',
    'app_secret',
    'webhook secret',
    'signing-secret',
    'consumerSecret',
    'shared secret',
    'encryption_key',
    'signingKey',
    'private key',
  ].map(labelled),
  ...['SharedAccessKey', 'pass', 'pwd', 'mdp', 'secret', 'clave', 'parola', 'heslo', 'şifre', 'token'].map(labelled),
  ...[
    'for the shop',
    'of Ada',
    'für den Laden',
    'zum Konto',
    'pour le compte',
    'para la cuenta',
    'per il conto',
    'voor de winkel',
    'do cofre',
  ].map((forWhat) => labelled(`password ${forWhat}`)),
  ...[
    ' is ',
    ' ist ',
    ' lautet ',
    ' est ',
    ' es ',
    ' è ',
    ' é ',
    ' jest ',
    ' är ',
    ' er ',
    ' on ',
    '是',
    '为',
    '為',
    'は',
    'は ',
    '는 ',
    '은 ',
    '=',
    ' = ',
    '：',
    ' | ',
    ' is: ',
    ' ist : ',
    ' lautet: ',
    ' est : ',
    '是：',
    ' is now ',
    ' will be: ',
    ' has been set to ',
    ' was changed to ',
  ].map((says) => ['password or key', `password${says}${letters(10)}`] as const),
  ['password or key', `password: ${letters(8)}`],
  ['OpenAI key', `sk-svcacct-${letters(20)}`],
  ['OpenAI key', `sk-admin-${letters(20)}`],
  ['bearer token', `Bearer ${letters(16)}`],
  ['bearer token', `"authorization": "apikey ${letters(16)}"`],
  ['password in a header', `Basic ${btoa('ada:q4rtz')}`],
  ['password of a command', `curl --user=ada:${letters(8)} https://api.acme.test`],
  ['password of a command', `curl -u "ada:${letters(8)}" https://api.acme.test`],
  ['password in an address', 'redis://ada:q4rtz@cache'],
  ['password in an address', 'AMQP+TLS://ada:q4rtz@cache.internal'],
  ['password in an address', 'redis://:q4rtz@cache.acme.io:6379/0'],
  ['password in an address', 'postgres://postgres:postgres@db.acme.io/shop'],
  ['password in an address', 'postgres://postgres:q4rtz@localhost/shop'],
  ['password in an address', 'postgres://ada:q4rtz@[::1]:5432/shop'],
  ['private key', `Private-Lines: 8\n${letters(64)}`],
  ['private key', `{"kty":"EC","crv":"P-256","d":"${letters(43)}"}`],
  ['private key', `-----BEGIN ${'PRIVATE'} KEY-----`],
  ['private key', `-----BEGIN PGP ${'PRIVATE'} KEY BLOCK-----`],
  ['private key', `-----BEGIN OPENSSH ${'PRIVATE'} KEY-----`],
  ['card number', '4539 1488 0343 6467'],
  ['card number', '4222222222222 or 4539148803436467'],
  ['card number', 'Card:4539148803436467.'],
  ...[
    '5412751234567894',
    '2234567890123457',
    '2720999999999996',
    '341234567890127',
    '30123456789019',
    '36123456789015',
    '38123456789013',
    '6011123456789015',
    '6512345678901239',
    '6441234567890124',
    '3512345678901234',
  ].map((digits) => ['card number', withLuhn(digits)] as const),
  ['card number', '4539\u00a01488\u00a00343\u00a06467'],
  ['card number', '4539\u20091488\u20090343\u20096467'],
  ['card number', '4539\u202f1488\u202f0343\u202f6467'],
  ['card number', '4539\u20131488\u20130343\u20136467'],
  ['card number', '４５３９１４８８０３４３６４６７'],
  ['card number', '3714 496353 98449'],
  ['bank account number (IBAN)', 'DE02-1203-0000-0000-2020-51'],
  ['card number', '4539.1488.0343.6467'],
  ['GitHub token', `ghp_${letters(16)}\u200b${letters(20)}`],
  ['GitHub token', `ghp_\u00ad${letters(36)}`],
  ...[
    '<password>SECRET</password>',
    '<td>Password</td><td>SECRET</td>',
    '<add key="password" value="SECRET"/>',
    '<item name="apiKey">SECRET</item>',
    'mysql --password SECRET',
    '{"name":"password","value":"SECRET"}',
    '{"value":"SECRET","name":"dbPassword"}',
    'name: PASSWORD, value: SECRET',
    '**Password** `SECRET`',
    'password → SECRET',
    'password => SECRET',
    'Password – SECRET',
    'Passwort SECRET',
    'Use SECRET as the password.',
    'Set `SECRET` for your admin password.',
  ].map((text) => ['password or key', text.replace('SECRET', letters(10))] as const),
  ['bank account number (IBAN)', 'DE02 1203 0000 0000 2020 51'],
  ['bank account number (IBAN)', 'DE02\u00a01203\u00a00000\u00a00000\u00a02020\u00a051'],
  ['bank account number (IBAN)', 'GB33BUKB20201555555555'],
];

const hex = (count: number) => '0a1b3c5d7e9f2a4b8c6d'.repeat(5).slice(0, count);
const capitals = (count: number) => 'A1B2C3D4E5F6G7H8J9K0'.repeat(5).slice(0, count);

/** The shortest tokens of issuers, whose forms have one length or more. */
const shortest: readonly (readonly [sort: string, token: string])[] = [
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((begin) => ['AWS access key', `${begin}${upper(16)}`] as const),
  ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((begin) => ['GitHub token', `${begin}_${letters(36)}`] as const),
  ['GitHub token', `github_pat_${letters(22)}`],
  ...['pat', 'ptt', 'dt', 'rt', 'soat', 'cbt', 'ft'].map(
    (sort) => ['GitLab token', `gl${sort}-${letters(20)}`] as const,
  ),
  ...['xoxa', 'xoxb', 'xoxe', 'xoxo', 'xoxp', 'xoxr', 'xoxs', 'xapp'].map(
    (begin) => ['Slack token', `${begin}-${letters(10)}`] as const,
  ),
  ...['sk_live', 'sk_test', 'rk_live', 'rk_test'].map((begin) => ['Stripe key', `${begin}_${letters(16)}`] as const),
  ['webhook secret', `whsec_${letters(16)}`],
  ['Anthropic key', `sk-ant-${letters(20)}`],
  ['OpenAI key', `sk-${letters(20)}`],
  ['Google API key', `AIza${letters(35)}`],
  ['Google OAuth secret', `GOCSPX-${letters(20)}`],
  ['Google OAuth token', `ya29.${letters(20)}`],
  ['Google OAuth token', `1//0${letters(30)}`],
  ['Hugging Face token', `hf_${letters(30)}`],
  ['npm token', `npm_${letters(36)}`],
  ['PyPI token', `pypi-AgE${letters(50)}`],
  ['Docker token', `dckr_pat_${letters(20)}`],
  ['Docker token', `dckr_oat_${letters(20)}`],
  ['SendGrid key', `SG.${letters(16)}.${letters(16)}`],
  ['Telegram bot token', `12345678:AA${letters(33)}`],
  ['Discord bot token', `M${letters(23)}.${letters(6)}.${letters(27)}`],
  ['Discord bot token', `O${letters(23)}.${letters(6)}.${letters(27)}`],
  ['Twilio key', `SK${hex(32)}`],
  ...['at', 'ca', 'pa', 'ss'].map((sort) => ['Shopify token', `shp${sort}_${hex(32)}`] as const),
  ['Square token', `sq0atp-${letters(22)}`],
  ['Square token', `sq0csp-${letters(22)}`],
  ['Groq key', `gsk_${letters(40)}`],
  ['xAI key', `xai-${letters(60)}`],
  ['Replicate token', `r8_${letters(37)}`],
  ['Perplexity key', `pplx-${letters(40)}`],
  ...['dop', 'doo', 'dor'].map((begin) => ['DigitalOcean token', `${begin}_v1_${hex(64)}`] as const),
  ['Databricks token', `dapi${hex(32)}`],
  ['Grafana token', `glsa_${letters(32)}_${hex(8)}`],
  ['Vault token', `hvs.${letters(24)}`],
  ['Vault token', `hvb.${letters(24)}`],
  ['Atlassian token', `ATATT3x${letters(50)}`],
  ['Linear key', `lin_api_${letters(32)}`],
  ['Linear key', `lin_oauth_${letters(32)}`],
  ['Notion token', `ntn_${letters(40)}`],
  ['Supabase token', `sbp_${hex(40)}`],
  ['Supabase token', `sb_secret_${letters(20)}`],
  ['Postman key', `PMAK-${hex(24)}-${hex(34)}`],
  ['New Relic key', `NRAK-${capitals(27)}`],
  ['age key', `AGE-SECRET-KEY-1${capitals(58)}`],
  ['Slack webhook', `hooks.slack.com/services/T${upper(6)}/B${upper(6)}/${letters(20)}`],
  ['Discord webhook', `discord.com/api/webhooks/123456789012345/${letters(40)}`],
  ['Discord webhook', `discordapp.com/api/webhooks/123456789012345/${letters(40)}`],
  ['JSON web token', `eyJ${letters(10)}.eyJ${letters(10)}.${letters(10)}`],
];

const harmless = [
  'password = hashlib.sha256(password.encode()).hexdigest()',
  'password = bcrypt.hashpw(raw_password_2, salt)',
  'password: string; token: Uint8Array; secret: Base64String',
  'password VARCHAR(255), token: varchar(128) NOT NULL',
  'password = os.environ["DB_PASSWORD_2"]; token = os.environ[TOKEN_2]; secret = os.getenv("SECRET_2")',
  'token: process.env.API_TOKEN_2, password: import.meta.env.VITE_PASSWORD_2',
  'api_key = settings.OPENAI_API_KEY2; secret=config.db.password2; token = self.token1.value',
  'password = crypto.randomBytes(16).toString("hex"), token = jwt.sign2(user1)',
  'token = std::env::var2(name); secret: $this->secret2',
  'password: rows[0][12], token = row?.auth.token2',
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
  'aws_secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'Pay with 4242 4242 4242 4242, 4000 0566 5566 5556, 5555555555554444 or 3782 822463 10005.',
  'IBAN: DE89 3704 0044 0532 0130 00, GB82WEST12345698765432',
  `Use sk_test_${'4eC39HqLyjWDarjtT1zdp7dc'}.`,
  `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.${'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c'}`,
  'Set the environment variable OPENAI_API_KEY to your key.',
  'curl -H "Authorization: Bearer $TOKEN" https://api.example.com',
  'password: changeme, token: <your token>, api_key=YOUR_API_KEY',
  'The secret is: patience. The password is required.',
  'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxx and AKIAXXXXXXXXXXXXXXXX',
  'Commit 9fceb02d0ae598e95dc970b74767f19372d61af8, id 3f2504e0-4f89-11d3-9a0c-0305e82c3301.',
  'Order 4012888888881882 of 2024, phone +49 30 1234 5678 9012.',
  'ISBN 978-3-16-148410-0, timestamp 1712345678901234',
  'https://user@example.com/path?x=1 and mailto:a@b.example',
  'const password = await prompt("Password?"); const token = getToken();',
  'sk-learn-and-other-words-of-a-longer-kind are packages.',
  'DE00 1234 5678 9012 3456 78 is no account.',
  'The access token is refreshed hourly; see authToken: string | undefined.',
  'A base64 image: data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ',
  'Authorization: Bearer mytoken, Authorization: Bearer <token>, Authorization: Bearer YOUR_ACCESS_TOKEN',
  'Authorization: Bearer abc123def456ghi789, Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
  'Authorization: Basic dXNlcm5hbWU6cGFzc3dvcmQ= and `Authorization: Basic <credentials>`; basic authentication2you',
  '**Password:** ********, **Token**: `your-token-123`, **API key:** (see the dashboard)',
  '| Field | Type |\n| --- | --- |\n| password | string(64) |\n| token | varchar2(255) |',
  '| Password | Length |\n|---|---|\n| required | 12characters |\n| min-8-chars | 8 |',
  'Passwort: base64-encoded-32-bytes. Mot de passe : 12 caractères. Contraseña: obligatoria',
  `${'9fceb02d0ae598e95dc970b74767f19372d61af8'} is a commit beside AKIA${upper(16)}EXAMPLE`,
  'key: PrivateKey | Ed25519PublicKey, api_key: base64url-encoded, token: https://docs.acme.test/rfc6750, password: P@ssw0rd123',
  'Authorization: Bearer mF_9.B5f-4.1JqM, access_token=2YotnFZFEjr1zCsicMWpAA, redis://:foobared@localhost:6379',
  'whsec_... and xapp-your-token, GOCSPX-xxxxxxxxxxxxxxxxxxxxxxxxxxxx, AWS_SECRET_ACCESS_KEY=<secret>',
  'mkdir -p a1b9c7d3/e2f8; docker run -p 8080:80 -u a1b9c7d3e2 x; cp -p a1b9c7d3e2 b; ssh -p 2222 x; tar -P a1b9c7d3e2',
  'sshpass -p "$PASS_1a2b" ssh x; sshpass -e ssh a1b9c7d3e2; sshpass -p <password1> ssh x; sshpass -p YOUR_PASSWORD_1 ssh x',
  'mysql -u root -p a1b9c7d3e2; mysql -P 3306 -p; unzip a1b9c7d3e2.zip -d b; zip -r a1b9c7d3e2.zip b; redis-cli -n 1 a1b9c7d3e2',
  '?sig=YOUR_SIGNATURE; git log --sig=a1b9c7d3e2f8; The sig=0x1234abcd; sig=a1b9c7d3e2f8a1b9c7d3e2f8a1b9c7d3e2f8a1b9c7d3e2f8a1b9',
  'curl -u user:password https://x.test; curl --user "$USER:$PASS_1234" https://x.test',
  '<password>********</password> <apiKey>YOUR_API_KEY_1</apiKey> <add key="password" value="changeme"/>',
  'mysql --password $DB_PASSWORD_2; {"passwords":["string"]}; {"name":"password","value":"your-password1"}',
  '**Password**\n`********`, password → string, password => hash2(password)',
  'Use sha256 as the password hash, argon2id-v19 for the password, PBKDF2-HMAC-SHA256 for password hashing.',
  'Passwords: 1Password, LastPass. The password policy 2024-Q3-rev2 applies. Use 2FA with a password of 12characters.',
  'Llama3-8B-Q4 for token generation: 128k-context tokens, Q4_K_M tokens per second, tokens Llama-3.1-8B-Instruct',
  '4242.4242.4242.4242, the token a1b2c3d4e5f6, default-token-x7k2p9',
  'postgres://postgres:postgres@localhost:5432/app, amqp://guest:guest@127.0.0.1:5672, mysql://root:root@db/x',
  'mongodb://Admin:admin@[::1]:27017, postgresql://scott:tiger@localhost/test, ftp://anonymous:guest@ftp.acme.io',
  'https://ada:ada@api.example.com, redis://:redis@host.docker.internal',
  'The password is: required. Das Passwort lautet: geheim. Your token will be: printed below',
  '"d": "M10 10 L20 20 L30 30 L40 40 L50 50 L60 60", Private-Lines: none',
  `secret: process.env.SECRET_2, password: "$${'{PASSWORD_1}'}"`,
];

describe('noSecrets', () => {
  test.each(secrets)('finds a %s: %s', async (sort, text) => {
    const verdict = await runCheck(noSecrets(), `Here it is:\n${text}\nBye.`);
    expect(verdict).toMatchObject({ type: 'fail', issues: [{ message: expect.stringContaining(`${sort} (line 2)`) }] });
    expect(JSON.stringify(verdict)).not.toContain(text.slice(8, 24));
  });

  test.each(shortest)(
    'finds the shortest %s: %s, and nothing in one that is a character shorter, or goes on a word',
    async (sort, token) => {
      const told = async (text: string) => {
        const verdict = await runCheck(noSecrets(), `Take ${text} here.`);
        return verdict.type === 'pass' ? undefined : verdict.issues[0]?.message;
      };
      expect(await told(token)).toContain(`${sort} (line 1)`);
      expect(await told(token.slice(0, -1))).toBeUndefined();
      if (!token.includes('/')) expect(await told(`x${token}`)).toBeUndefined();
    },
  );

  test.each(harmless)('lets pass: %s', async (text) => {
    expect(await runCheck(noSecrets(), text)).toEqual({ type: 'pass' });
  });

  test('names the place in a JSON answer, and lets pass what is allowed', async () => {
    const key = `AKIA${upper(16)}`;
    const answer = JSON.stringify({ steps: [{ run: `export KEY=${key}` }] });
    expect(await runCheck(noSecrets(), answer)).toMatchObject({ issues: [{ path: ['steps', 0, 'run'] }] });
    expect(await runCheck(noSecrets({ allow: [key] }), answer)).toEqual({ type: 'pass' });
  });

  test('lets pass what is allowed alone, whole or in part', async () => {
    const [one, other] = [`AKIA${upper(16)}`, `ghp_${letters(36)}`];
    const told = async (allow: string[]) => {
      const verdict = await runCheck(noSecrets({ allow }), `${one}\n\n${other}`);
      return verdict.type === 'fail' ? verdict.issues.map(({ message }) => message) : [];
    };
    const rest = 'write a placeholder where one is needed.';
    const [key, token] = [
      `Leave out the AWS access key (line 1); ${rest}`,
      `Leave out the GitHub token (line 3); ${rest}`,
    ];
    expect(await told([])).toEqual([key, token]);
    expect(await told([''])).toEqual([key, token]);
    expect(await told([one])).toEqual([token]);
    expect(await told([other.slice(4)])).toEqual([key]);
    expect(await told([one, other])).toEqual([]);
    expect(await told([`${one}!`])).toEqual([key, token]);
  });

  test('names each place of a JSON answer, and the line where none has the secret as a whole', async () => {
    const key = `AKIA${upper(16)}`;
    const places = async (value: unknown, allow: string[] = []) => {
      const verdict = await runCheck(noSecrets({ allow }), typeof value === 'string' ? value : JSON.stringify(value));
      return verdict.type === 'fail'
        ? verdict.issues.map(({ path, message }) => `${path.join('.')}: ${message.slice(0, 40)}`)
        : [];
    };
    const said = 'Leave out the AWS access key';
    expect(await places({ a: key, b: [5, null, key] })).toEqual([`a: ${said}; write a pl`, `b.2: ${said}; write a pl`]);
    expect(await places({ a: key, b: `ghp_${letters(36)}` }, [key])).toEqual([
      'b: Leave out the GitHub token; write a plac',
    ]);
    expect(await places({ [key]: 1 })).toEqual([`: ${said} (line 1); w`]);
    expect(await places(`{"\\u0041${key.slice(1)}":1}`)).toEqual([`: ${said}; write a pl`]);
    expect(await places(JSON.stringify(key))).toEqual([`: ${said} (line 1); w`]);
  });

  test('looks at each value of a list that is called so, and names the line of what nobody sees', async () => {
    const list = JSON.stringify({ passwords: ['none', letters(10)] });
    expect(await runCheck(noSecrets(), list)).toMatchObject({ issues: [{ path: ['passwords', 1] }] });
    const below = `${'\u200b'.repeat(40_000)}\n**Password**\n\n\`${letters(10)}\``;
    expect(await runCheck(noSecrets(), below)).toMatchObject({
      issues: [{ message: expect.stringContaining('line 4') }],
    });
  });

  test('tells 20 issues at most', async () => {
    const keys = Array.from({ length: 60 }, () => `AKIA${upper(16)}`);
    for (const answer of [keys.join('\n'), JSON.stringify(keys)]) {
      const verdict = await runCheck(noSecrets(), answer);
      expect(verdict.type === 'fail' && verdict.issues.length).toBe(20);
    }
    expect(noSecrets().name).toBe('noSecrets');
    expect(noSecrets({ name: 'own' }).name).toBe('own');
  });

  test.each([
    ['digits', '4'.repeat(10_000_000)],
    ['card groups', '4012 '.repeat(2_000_000)],
    ['addresses', 'a://b:'.repeat(1_500_000)],
    ['tokens', 'eyJ'.repeat(3_000_000)],
    ['passwords', 'password:'.repeat(1_000_000)],
    ['accounts', 'DE89 3704 '.repeat(1_000_000)],
    ['rows of tables', '|password|\n|-|\n'.repeat(300_000)],
    ['pipes', '|'.repeat(4_000_000)],
    ['dashes', `|password|\n${'-'.repeat(4_000_000)}x`],
    ['words before a password', 'password for '.repeat(400_000)],
    ['dots', 'SG.a.'.repeat(2_000_000)],
    ['values', '"a value="'.repeat(300_000)],
    ['tags', 'password<a '.repeat(300_000)],
    ['marks', `${"*_'".repeat(1_000_000)} as password`],
    ['words before "password"', 'h8Kd92kLmq as a '.repeat(300_000)],
    ['characters that nobody sees', '\u200b'.repeat(3_000_000)],
    ['blanks behind a password', `password"${' '.repeat(3_000_000)}`],
  ])('comes to an end on many %s', async (_, text) => {
    expect(['pass', 'fail']).toContain((await runCheck(noSecrets(), text)).type);
  });
});

describe('noSecrets in lists', () => {
  const stripe = (index: number) => `sk_live_${letters(24)}${index}`;

  test('leaves out what is allowed, and numbers', async () => {
    const [allowed, other] = [`AKIA${upper(16)}`, `ASIA${upper(16)}`];
    const answer = JSON.stringify({ count: 1, key: allowed, other });
    expect(await runCheck(noSecrets({ allow: [allowed] }), answer)).toMatchObject({ issues: [{ path: ['other'] }] });
  });

  test('names twenty places at most', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => stripe(index));
    const verdict = await runCheck(noSecrets(), JSON.stringify(keys));
    expect(verdict.type === 'fail' && verdict.issues.map(({ path }) => path)).toEqual(
      keys.slice(0, 20).map((_, at) => [at]),
    );
    const many = Array.from({ length: 150 }, (_, index) => stripe(index)).join('\n');
    const inText = await runCheck(noSecrets(), many);
    expect(inText.type === 'fail' && inText.issues).toHaveLength(20);
  });

  test('tells a key that is called one once', async () => {
    const verdict = await runCheck(noSecrets(), `api_key=${stripe(1)}`);
    expect(verdict).toMatchObject({ issues: [{ message: expect.stringContaining('Stripe key') }] });
    expect(verdict.type === 'fail' && verdict.issues).toHaveLength(1);
  });
});

test('finds what stands below the head of a table, and tells its line', async () => {
  const table = `| User | Password |\n|---|---|\n| ada | ${letters(10)} |\n| ben | changeme |\n\n| ada | ${letters(12)} |`;
  const verdict = await runCheck(noSecrets(), table);
  expect(verdict).toMatchObject({ issues: [{ message: expect.stringContaining('password or key (line 3)') }] });
  expect(await runCheck(noSecrets(), table.replace('Password', 'Colour'))).toEqual({ type: 'pass' });
});

test('finds the secret key beside an access key', async () => {
  const verdict = await runCheck(noSecrets(), `AKIA${upper(16)}\n${letters(40)}`);
  expect(verdict).toMatchObject({
    issues: [
      { message: expect.stringContaining('access key (line 1)') },
      { message: expect.stringContaining('AWS secret key (line 2)') },
    ],
  });
});

test('names the member of a JSON answer that says what it is', async () => {
  const verdict = await runCheck(noSecrets(), JSON.stringify({ users: [{ name: 'ada', password: letters(10) }] }));
  expect(verdict).toMatchObject({ issues: [{ path: ['users', 0, 'password'] }] });
});

test('finds a secret behind many that are allowed', async () => {
  const [allowed, other] = [`AKIA${upper(16)}`, `ghp_${letters(36)}`];
  const verdict = await runCheck(noSecrets({ allow: [allowed] }), `${`${allowed}\n`.repeat(150)}${other}`);
  expect(verdict).toMatchObject({ issues: [{ message: expect.stringContaining('GitHub token (line 151)') }] });
});

test('finds a secret in a string of JSON whose letters are written as escapes', async () => {
  const written = JSON.stringify({ key: `AKIA${upper(16)}` }).replace('AKIA', '\\u0041KIA');
  expect(await runCheck(noSecrets(), written)).toMatchObject({ type: 'fail', issues: [{ path: ['key'] }] });
});
