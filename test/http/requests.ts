/** Where the handlers of the tests are mounted. */
export const mount = 'https://app.example/api/inbox';

export function get(path: string, headers: Record<string, string> = {}): Request {
  return new Request(address(path), { headers });
}

export function postJson(path: string, body: unknown, headers: Record<string, string> = {}): Request {
  return post(path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function postForm(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Request {
  const type = 'application/x-www-form-urlencoded';
  return post(path, String(new URLSearchParams(fields)), { 'content-type': type, ...headers });
}

export function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(address(path), { method: 'POST', body, headers });
}

/** A path under the mount, or a whole address. */
export function address(path: string): string {
  return path.startsWith('http') ? path : `${mount}${path}`;
}
