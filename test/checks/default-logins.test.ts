import { expect, test } from 'vitest';
import { isDefaultLogin } from '../../src/checks/secrets/default-logins.ts';

test.each<[user: string, password: string, host: string]>([
  ['anonymous', 'x', 'ftp.acme.com'],
  ['FTP', 'x', 'ftp.acme.com'],
  ['root', 'root', 'localhost'],
  ['root', 'root', 'db'],
  ['root', 'Root', '127.0.0.1'],
  ['app', 'postgres', 'localhost'],
  ['app', 'app', '0.0.0.0'],
  ['app', 'app', '[::1]'],
  ['app', 'app', 'host.docker.internal'],
  ['app', 'app', 'db.example.com'],
  ['app', 'app', 'example.org'],
  ['app', 'app', 'db.local'],
  ['app', 'app', 'a.b.test'],
  ['app', 'app', 'x.invalid'],
])('%s with %s at %s is no secret', (user, password, host) => {
  expect(isDefaultLogin({ user, password, host })).toBe(true);
});

test.each<[user: string, password: string, host: string]>([
  ['anonymously', 'x', 'db.acme.com'],
  ['root', 'root', 'db.acme.com'],
  ['app', 's3cretX', 'localhost'],
  ['app', 'app', '[::2]'],
  ['app', 'app', '127.0.0.1.evil.com'],
  ['app', 'app', '10.0.0.1'],
  ['app', 'app', 'badexample.com'],
  ['app', '', 'localhost'],
])('%s with %s at %s may be one', (user, password, host) => {
  expect(isDefaultLogin({ user, password, host })).toBe(false);
});

test('the passwords that programs have when they are installed', () => {
  const passwords =
    'admin administrator cassandra couchbase dev developer elastic foo guest influxdb letmein manager minioadmin mongo mongoadmin mysql neo4j oracle postgres qwerty rabbitmq redis redispw root sa sys system test tester tiger toor user welcome';
  expect(passwords.split(' ').filter((password) => !isDefaultLogin({ user: 'app', password, host: 'db' }))).toEqual([]);
});
