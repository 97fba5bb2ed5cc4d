import { AISDKError } from '@ai-sdk/provider';
import { isMarked, mark } from '../errors/mark.ts';

const name = 'StagedRetry_InboxRequestError';

/** An inbox handler refused a request, or did not answer it as an inbox handler does. */
export class InboxRequestError extends AISDKError {
  readonly url: string;
  readonly status: number;

  constructor({ url, status, detail }: { url: string; status: number; detail?: string | undefined }) {
    super({ name, message: `The inbox answered ${status}${detail === undefined ? '.' : `: ${detail}`}` });
    mark(this, name);
    this.url = url;
    this.status = status;
  }

  static override isInstance(error: unknown): error is InboxRequestError {
    return isMarked(error, name);
  }
}
