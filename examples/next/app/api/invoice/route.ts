import { Output, streamText } from 'ai';
import { Invoice } from '../../../../practice-server/invoice-schema.ts';
import { invoiceModel } from '../../../lib/invoice-model.ts';

// Next.js has begun to deprecate the edge runtime in favour of `nodejs`; the same handler runs on both.
export const runtime = 'edge';

export async function POST(request: Request): Promise<Response> {
  const mail: unknown = await request.json();
  if (typeof mail !== 'string' || mail.length > 20_000) return new Response('Send a text.', { status: 400 });
  const result = streamText({
    model: invoiceModel,
    output: Output.object({ schema: Invoice }),
    system: 'Extract the invoice from the mail.',
    prompt: mail,
    abortSignal: request.signal,
    onError: ({ error }) => console.error(error),
  });
  return result.toTextStreamResponse();
}
