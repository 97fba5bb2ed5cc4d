import { modelAnswer } from '../answers/candidate.ts';
import type { Relay } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import { withAuthor } from '../feedback/author-mark.ts';
import type { StreamResult } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { assembler } from '../stream/assemble.ts';
import { readStream } from '../stream/read-stream.ts';
import { countDiscarded } from './count-discarded.ts';
import type { ProviderRequest } from './provider-request.ts';
import { notePart } from './receipt.ts';
import { RelayFailed } from './relay-failed.ts';

/**
 * Hands a model's stream on as it is, and resolves to what it said when it is over. Its end is kept back for the
 * report.
 *
 * Rejects with `RelayFailed`.
 */
export async function relayStream(
  { run, model, receipt }: ProviderRequest,
  { stream, response }: StreamResult,
  relay: Relay,
): Promise<ModelAnswer> {
  const { abortSignal: signal } = run;
  const assembled = assembler();
  let failure: { readonly error: unknown } | undefined;
  try {
    await readStream(
      stream,
      (given) => {
        const part = model === run.model || given.type === 'finish' ? given : withAuthor(given, model);
        assembled.push(part);
        if (receipt !== undefined) notePart(receipt, part);
        if (part.type === 'error') failure = part;
        if (part.type === 'finish') relay.finish = part;
        else relay.send(part);
        return relay.ready();
      },
      { signal },
    );
  } catch (cause) {
    countDiscarded(run, assembled);
    relay.finish = undefined;
    if (signal?.aborted === true) relay.fail(cause);
    else relay.failWhenRead(cause);
    throw new RelayFailed('The stream failed.', { cause });
  }
  if (relay.finish === undefined) relay.close();
  if (failure !== undefined) {
    countDiscarded(run, assembled);
    throw new RelayFailed('The stream ended with an error.', { cause: failure.error });
  }
  const result = assembled.result();
  addRunUsage(run, result.usage);
  const headers = response?.headers;
  return modelAnswer(headers === undefined ? result : { ...result, response: { ...result.response, headers } });
}
