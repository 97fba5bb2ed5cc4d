import Link from 'next/link';
import { Empty } from '../components/empty.tsx';

export default function NotFound() {
  return (
    <main>
      <h1 className="sr-only">Not found</h1>
      <Empty title="There is no page at this address.">
        <p>It may have been deleted, or the link is incomplete.</p>
        <span className="flex gap-2">
          <Link href="/" className="btn btn-sm">
            Extract an invoice
          </Link>
          <Link href="/inbox" className="btn btn-sm">
            Open the inbox
          </Link>
        </span>
      </Empty>
    </main>
  );
}
