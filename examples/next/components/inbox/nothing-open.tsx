'use client';

import { Empty } from '../empty.tsx';
import { useQueueContext } from './queue-context.ts';

/** The place of an escalation while none is open. */
export function NothingOpen() {
  const { isDone } = useQueueContext();
  if (isDone) {
    return (
      <Empty title="All done">
        <p>New ones come to the queue by themselves.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Open one from the queue">
      <p>
        Press <kbd className="kbd kbd-sm">j</kbd> for the first one, <kbd className="kbd kbd-sm">?</kbd> for all keys.
      </p>
    </Empty>
  );
}
