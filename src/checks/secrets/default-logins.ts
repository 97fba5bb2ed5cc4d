/** Who logs in where, by an address. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** What is no secret: a guest's name, and on a computer of one's own the password that a program has when it is installed. */
export function isDefaultLogin({ user, password, host }: Login): boolean {
  if (/^(?:anonymous|ftp)$/i.test(user)) return true;
  if (/^\[|\./.test(host) && !nearby.test(host)) return false;
  return password.toLowerCase() === user.toLowerCase() || defaults.has(password.toLowerCase());
}

/** This computer, and names that are kept for tests and examples. A name without a dot is one of a network's own. */
const nearby =
  /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|host\.docker\.internal|(?:[\w-]+\.){0,9}(?:localhost|local|test|example|invalid|example\.(?:com|net|org)))$/i;

const defaults = new Set(
  `admin administrator cassandra couchbase dev developer elastic foo guest influxdb letmein manager minioadmin mongo mongoadmin mysql neo4j
   oracle postgres qwerty rabbitmq redis redispw root sa sys system test tester tiger toor user welcome`.split(/\s+/),
);
