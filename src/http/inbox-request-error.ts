import { AISDKError } from '@ai-sdk/provider';

const name = 'StagedRetry_InboxRequestError';
const marker = `ai-staged-retry.error.${name}`;
const symbol = Symbol.for(marker);

/** An inbox handler refused a request, or did not answer it as an inbox handler does. */
export class InboxRequestError extends AISDKError {
  protected readonly [symbol] = true;

  readonly url: string;
  readonly status: number;

  constructor({ url, status, detail }: { url: string; status: number; detail?: string | undefined }) {
    super({ name, message: `The inbox answered ${status}${detail === undefined ? '.' : `: ${detail}`}` });
    this.url = url;
    this.status = status;
  }

  static override isInstance(error: unknown): error is InboxRequestError {
    return AISDKError.hasMarker(error, marker);
  }
}
