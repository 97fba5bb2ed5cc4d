import { isMarked, mark } from '../errors/mark.ts';

const name = 'StagedRetry_InboxRequestError';

/** What `AISDKError.isInstance` looks for. */
const sdkMarker = Symbol.for('vercel.ai.error');

/**
 * An inbox handler refused a request, or did not answer it as an inbox handler does. An `AISDKError` by its marker alone:
 * browsers load this, and not every bundler leaves the rest of `@ai-sdk/provider` out.
 * @example if (InboxRequestError.isInstance(error) && error.status === 401) signIn();
 */
export class InboxRequestError extends Error {
  readonly url: string;
  readonly status: number;

  constructor({ url, status, detail }: { url: string; status: number; detail?: string | undefined }) {
    super(`The inbox answered ${status}${detail === undefined ? '.' : `: ${detail}`}`);
    this.name = name;
    Object.defineProperty(this, sdkMarker, { value: true });
    mark(this, name);
    this.url = url;
    this.status = status;
  }

  static isInstance(error: unknown): error is InboxRequestError {
    return isMarked(error, name);
  }
}
