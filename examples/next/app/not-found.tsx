import { Empty } from '../components/empty.tsx';
import { PageLink } from '../components/page-link.tsx';

export default function NotFound() {
  return (
    <main>
      <h1 className="sr-only">Not found</h1>
      <Empty title="There is no page at this address.">
        <p>It may have been deleted, or the link is incomplete.</p>
        <span className="flex gap-2">
          <PageLink href="/" className="btn btn-sm">
            Extract an invoice
          </PageLink>
          <PageLink href="/inbox" className="btn btn-sm">
            Open the inbox
          </PageLink>
        </span>
      </Empty>
    </main>
  );
}
