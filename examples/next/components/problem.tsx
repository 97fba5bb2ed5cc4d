import type { ReactNode } from 'react';

interface ProblemProps {
  readonly error: unknown;
  readonly again?: () => void;
}

/** What went wrong with a request, and what to do about it. */
export function Problem({ error, again }: ProblemProps) {
  const status = httpStatusOf(error);
  return (
    <Notice tone="alert-error">
      <span>{textOf(error, status)}</span>
      {status === 403 ? (
        <a className="btn btn-sm" href="/inbox">
          Sign in
        </a>
      ) : (
        again !== undefined && (
          <button type="button" className="btn btn-sm" onClick={again}>
            Try again
          </button>
        )
      )}
    </Notice>
  );
}

interface NoticeProps {
  readonly tone: 'alert-error' | 'alert-warning' | 'alert-info';
  readonly role?: 'alert' | 'status';
  readonly children: ReactNode;
}

export function Notice({ tone, role = 'alert', children }: NoticeProps) {
  return (
    <div role={role} className={`alert alert-soft ${tone} flex flex-wrap justify-between gap-2 text-left`}>
      {children}
    </div>
  );
}

/** The status of a response that was an error; `undefined` where there was no response. */
export function httpStatusOf(error: unknown): number | undefined {
  const { status } = Object(error);
  return typeof status === 'number' ? status : undefined;
}

/** A response that cannot be read, or that ends with an error, comes from the server; without a connection, `fetch` throws a `TypeError`. */
function textOf(error: unknown, status = error instanceof TypeError ? undefined : 500): string {
  if (status === undefined) return 'The server cannot be reached. Check your connection.';
  if (status === 403) return 'Your session has ended. Sign in again to continue.';
  if (status === 404) return 'This no longer exists. It may have expired and been deleted.';
  if (status >= 500) return 'The server has a problem. Nothing is lost; try again in a moment.';
  return 'The server refused this. Reload the page and try again.';
}
