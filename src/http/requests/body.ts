import { RequestRefused } from './problem.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Only these two: a browser sends other types without asking, and nobody here reads them. */
export function bodyTypeOf({ headers }: Pick<Request, 'headers'>): 'json' | 'form' {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  throw new RequestRefused(415, 'Send application/json or application/x-www-form-urlencoded.');
}

export interface BodyOptions {
  readonly maxBodyBytes: number;
  readonly abortSignal: AbortSignal;
}

/** The members of a body; an empty one has none. */
export async function readBody(request: Request, options: BodyOptions): Promise<Members> {
  const type = bodyTypeOf(request);
  const text = await limitedText(request, options);
  return type === 'json' ? jsonMembers(text) : formMembers(text);
}

async function limitedText(request: Request, { maxBodyBytes: maxBytes, abortSignal }: BodyOptions): Promise<string> {
  abortSignal.throwIfAborted();
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  abortSignal.addEventListener('abort', () => void reader?.cancel().catch(() => {}), { once: true });
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    text += decoded(() => decoder.decode(value, { stream: true }));
  }
  abortSignal.throwIfAborted();
  return text + decoded(() => decoder.decode());
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw new RequestRefused(400, 'The body is not UTF-8.');
  }
}

function jsonMembers(text: string): Members {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    throw new RequestRefused(400, 'The body is not JSON.');
  }
  throw new RequestRefused(400, 'The body is not a JSON object.');
}

/** A form ends its lines with CRLF, whatever they ended with when it was shown; numbers and booleans come as words. */
function formMembers(text: string): Members {
  const members = [...new URLSearchParams(text)].map(([name, value]) => [name, formValue(name, value)] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function formValue(name: string, value: string): unknown {
  switch (name) {
    case 'attempt':
    case 'ttlMs':
      return value === '' ? undefined : Number(value);
    case 'force':
    case 'takeOver':
      return value === 'true' || value === 'on';
    case 'to':
      return value.trim() === '' ? null : value;
    case 'reason':
      return value.trim() === '' ? undefined : value.replaceAll('\r\n', '\n');
    default:
      return value.replaceAll('\r\n', '\n');
  }
}

function tooLarge(maxBytes: number): RequestRefused {
  return new RequestRefused(413, `The body is larger than ${maxBytes} bytes.`);
}
