import { Empty } from '../../../components/empty.tsx';
import { filedPanels } from '../../../components/review/filed-panels.tsx';
import { Review } from '../../../components/review/review.tsx';
import { ReviewSkeleton } from '../../../components/review/review-skeleton.tsx';
import { inbox } from '../../../lib/inbox.ts';
import { signedIn } from '../../../lib/session.ts';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  // The layout shows a page to the team alone; what a page renders is sent all the same. What cannot be read is told by the
  // browser, which reads it too.
  const escalation = (await signedIn()) === undefined ? undefined : await inbox.get(id).catch(() => undefined);
  const filed = escalation && filedPanels(escalation);
  return (
    <Review
      key={id}
      id={id}
      filedAt={escalation?.createdAt}
      noteCount={escalation?.notes?.length}
      skeleton={<ReviewSkeleton />}
      missing={
        <Empty title="Escalation not found">
          <p>It expired and was deleted, or the link is incomplete.</p>
        </Empty>
      }
      {...filed}
    />
  );
}
