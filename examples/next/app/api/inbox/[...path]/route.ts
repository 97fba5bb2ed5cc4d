import { inboxHandler } from 'ai-staged-retry/http';
import { valueIn } from '../../../../lib/fields.ts';
import { inbox } from '../../../../lib/inbox.ts';
import { CheckedInvoice } from '../../../../lib/invoice-rules.ts';
import { signedIn } from '../../../../lib/session.ts';

/** Seconds; the changes of the inbox are a stream that browsers open again when it ends. */
export const maxDuration = 300;

const handler = inboxHandler({
  inbox,
  async authorize() {
    const by = await signedIn();
    return by !== undefined && { by, scopes: 'all' };
  },
  // A link's page judges a correction as the form of the inbox does.
  judgeEdit: (text) =>
    (CheckedInvoice.safeParse(valueIn(text)).error?.issues ?? []).map(({ path, message }) => ({
      path: path as (string | number)[],
      message,
    })),
  ...(process.env.INBOX_SECRET ? { secret: process.env.INBOX_SECRET } : {}),
  onError: (error) => console.error(error),
});

export { handler as GET, handler as POST };
