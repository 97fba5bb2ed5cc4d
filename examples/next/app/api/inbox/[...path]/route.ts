import { inboxHandler } from 'ai-staged-retry/http';
import { inbox } from '../../../../lib/inbox.ts';
import { signedIn } from '../../../../lib/session.ts';

/** Seconds; the changes of the inbox are a stream that browsers open again when it ends. */
export const maxDuration = 300;

const handler = inboxHandler({
  inbox,
  async authorize() {
    const by = await signedIn();
    return by !== undefined && { by, scopes: 'all' };
  },
  ...(process.env.INBOX_SECRET ? { secret: process.env.INBOX_SECRET } : {}),
  onError: (error) => console.error(error),
});

export { handler as GET, handler as POST };
