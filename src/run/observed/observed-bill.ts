import type { Run } from '../../context/run.ts';
import type { GenerateResult, StreamPart } from '../../model/language-model.ts';
import { costOf } from '../../provider/limited-call.ts';
import { createReceipt, noteContent, notePart } from '../../provider/receipt.ts';
import { estimateTokens } from '../../trace/estimate-tokens.ts';

type CallEnd =
  | { readonly type: 'answered'; readonly result: GenerateResult }
  | { readonly type: 'failed' | 'aborted'; readonly error: unknown };

/** Puts the bare model's call on the run's bill, once, and estimates what no provider reported. */
export function observedBill(run: Run) {
  const { limits, model, params, startedAt } = run;
  const cost = costOf(run, model, params);
  const receipt = createReceipt();
  let isSettled = false;
  return {
    async open(): Promise<void> {
      for (const meter of limits) await meter.reserve(cost, {});
    },
    notePart: (part: StreamPart) => notePart(receipt, part),
    async settle(end: CallEnd): Promise<void> {
      if (isSettled) return;
      isSettled = true;
      if (end.type === 'answered' && receipt.usage === undefined) {
        receipt.usage = end.result.usage;
        noteContent(receipt, end.result.content);
      }
      if (receipt.usage === undefined) run.state.estimatedTokens += estimateTokens(receipt.characters);
      for (const meter of limits) {
        await meter.settle({
          type: end.type,
          error: end.type === 'answered' ? undefined : end.error,
          headers: undefined,
          cost,
          durationMs: run.settings.effects.now() - startedAt,
          usage: receipt.usage,
          writtenTokens: estimateTokens(receipt.characters),
        });
      }
    },
  };
}
