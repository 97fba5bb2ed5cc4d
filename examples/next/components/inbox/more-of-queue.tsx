import { useNear } from '../use-near.ts';

interface MoreOfQueueProps {
  readonly isLoading: boolean;
  readonly count: number;
  readonly onMore: () => void;
}

/** Loads the next page when it comes into view; a button for everybody else. */
export function MoreOfQueue({ isLoading, count, onMore }: MoreOfQueueProps) {
  const place = useNear(onMore, count); // after each page, so that a short one is followed by the next
  return (
    <div ref={place} className="p-3 text-center">
      <button type="button" className="btn btn-sm" disabled={isLoading} onClick={onMore}>
        {isLoading && <span className="loading loading-spinner loading-xs" />}
        Load more
      </button>
    </div>
  );
}
