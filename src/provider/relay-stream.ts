import { modelAnswer } from '../answers/candidate.ts';
import type { Relay } from '../context/run.ts';
import { addRunUsage } from '../context/spent.ts';
import type { StreamResult } from '../model/language-model.ts';
import type { ModelAnswer } from '../stages/stage.ts';
import { assembler } from '../stream/assemble.ts';
import { readStream } from '../stream/read-stream.ts';
import type { ProviderRequest } from './provider-request.ts';
import { notePart } from './receipt.ts';
import { RelayFailed } from './relay-failed.ts';

/**
 * Hands a model's stream on as it is, and resolves to what it said when it is over.
 *
 * Rejects with `RelayFailed`.
 */
export async function relayStream(
  { run, receipt }: ProviderRequest,
  { stream }: StreamResult,
  relay: Relay,
): Promise<ModelAnswer> {
  const { abortSignal: signal, settings } = run;
  const assembled = assembler();
  let failure: { readonly error: unknown } | undefined;
  try {
    await readStream(
      stream,
      (part) => {
        assembled.push(part);
        if (receipt !== undefined) notePart(receipt, part);
        if (part.type === 'error') failure = part;
        relay.send(part);
        return relay.ready();
      },
      { signal, effects: settings.effects },
    );
  } catch (cause) {
    if (signal?.aborted === true) relay.fail(cause);
    else relay.failWhenRead(cause);
    throw new RelayFailed('The stream failed.', { cause });
  }
  relay.close();
  if (failure !== undefined) throw new RelayFailed('The stream ended with an error.', { cause: failure.error });
  const result = assembled.result();
  addRunUsage(run, result.usage);
  return modelAnswer(result);
}
