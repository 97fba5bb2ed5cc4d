import { createUIMessageStream, createUIMessageStreamResponse, Output, streamText } from 'ai';
import {
  EscalationPendingError,
  type StagedRetryCallOptions,
  StagesExhaustedError,
  withRunEvents,
} from 'ai-staged-retry';
import { z } from 'zod';
import { Invoice } from '../../practice-server/invoice-schema.ts';
import { mailMetadata } from './describe-invoice.ts';
import { invoiceModels } from './invoice-model.ts';
import { withPrompts } from './prompt-log.ts';
import { recordRun } from './record-run.ts';
import type { RunMessage } from './run-record.ts';
import { resumeKeyOf } from './same-mail.ts';

const Extraction = z.object({
  runId: z.uuid(),
  mail: z.string().trim().min(1).max(20_000),
  judge: z.enum(['everything', 'structure']),
});

/** Streams the invoice of a mail with the ladder its run climbs. The same request sent again resumes the run. */
export async function extract(request: Request): Promise<Response> {
  const { success, data } = Extraction.safeParse(await request.json().catch(() => undefined));
  if (!success) return Response.json({ error: 'Send a runId, a mail and what to judge.' }, { status: 400 });
  const { runId, mail, judge } = data;
  const metadata = mailMetadata(mail);

  const stream = createUIMessageStream<RunMessage>({
    async execute({ writer }) {
      const resumeKey = await resumeKeyOf(data);
      const title = metadata.invoice ?? 'An invoice';
      const recording = await recordRun({ runId, resumeKey, title, write: (part) => writer.write(part) });
      const run = async () => {
        let failure: unknown;
        const { partialOutputStream } = streamText({
          model: invoiceModels[judge],
          output: Output.object({ schema: Invoice }),
          system: 'Extract the invoice from the mail.',
          prompt: mail,
          providerOptions: { stagedRetry: { runId, resumeKey, metadata } satisfies StagedRetryCallOptions },
          abortSignal: request.signal,
          onError: ({ error }) => {
            failure = error;
          },
        });
        for await (const answer of partialOutputStream) {
          writer.write({ type: 'data-answer', id: 'answer', data: answer });
        }
        return failure;
      };
      const failure = await withRunEvents(recording.events, () => withPrompts(recording.promptSent, run)).finally(
        recording.close,
      );
      recording.end(failure === undefined ? undefined : tell(failure));
    },
    onError: (error) => {
      console.error(error);
      return 'Something went wrong on the server.';
    },
  });
  return createUIMessageStreamResponse({ stream });
}

/** What whoever sent the mail is told; other errors may hold what is not for them. */
function tell(error: unknown): string {
  if (EscalationPendingError.find(error)) return 'A person is asked.';
  const exhausted = StagesExhaustedError.find(error);
  if (exhausted?.reason === 'rejected') return 'A person rejected the answer.';
  if (exhausted !== undefined) return 'No answer passed the checks.';
  console.error(error);
  return 'The model could not be reached. Try again in a moment.';
}
