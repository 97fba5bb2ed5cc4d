/** The body of an error response (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

type ProblemStatus = keyof typeof titles;

/** What a request is refused with. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: ProblemStatus;
  /** Members of the problem document beside the usual ones. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ProblemStatus,
    detail: string,
    {
      members = {},
      headers = {},
    }: { members?: Readonly<Record<string, unknown>>; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.status = status;
    this.members = members;
    this.headers = headers;
  }
}

export function notFound(): RequestRefused {
  return new RequestRefused(404, 'There is no such escalation.');
}

export function problemOf({ status, message }: Pick<RequestRefused, 'status' | 'message'>): Problem {
  return { type: 'about:blank', title: titles[status], status, detail: message };
}

export function problemResponse(refused: RequestRefused): Response {
  return new Response(JSON.stringify({ ...problemOf(refused), ...refused.members }), {
    status: refused.status,
    headers: { ...privateHeaders, ...refused.headers, 'content-type': 'application/problem+json' },
  });
}

export function jsonResponse(value: unknown): Response {
  return Response.json(value, { headers: privateHeaders });
}

/** What people decide about is nobody else's: no cache keeps it, and nothing guesses at its type. */
export const privateHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

const titles = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;
