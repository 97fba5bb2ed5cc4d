import { isMarked, markAs } from '../../errors/mark.ts';

const name = 'StagedRetry_InboxRequestError';

/** What `AISDKError.isInstance` looks for. */
const sdkMarker = Symbol.for('vercel.ai.error');

/**
 * An inbox handler refused a request, or the response did not come from an inbox handler. It carries the marker of
 * `AISDKError` without importing it, because browsers load this file and some bundlers would include all of
 * `@ai-sdk/provider`.
 *
 * @example if (InboxRequestError.isInstance(error) && error.status === 403) signIn();
 */
export class InboxRequestError extends Error {
  readonly url: string;
  readonly status: number;

  constructor({ url, status, detail }: { url: string; status: number; detail?: string | undefined }) {
    super(`The inbox answered ${status}${detail === undefined ? '.' : `: ${detail}`}`);
    this.name = name;
    Object.defineProperty(this, sdkMarker, { value: true });
    markAs(this, name);
    this.url = url;
    this.status = status;
  }

  static isInstance(error: unknown): error is InboxRequestError {
    return isMarked(error, name);
  }
}
