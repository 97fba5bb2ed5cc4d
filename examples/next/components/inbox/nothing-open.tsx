'use client';

import { Empty } from '../empty.tsx';
import { useQueueContext } from './queue-context.ts';

/** The place of an escalation while none is open. */
export function NothingOpen() {
  const { isDone } = useQueueContext();
  if (isDone) {
    return (
      <Empty title="All done">
        <p>New escalations appear in the queue by themselves.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Select an escalation">
      <p>
        Press <kbd className="kbd kbd-sm">j</kbd> to open the first, <kbd className="kbd kbd-sm">?</kbd> for all
        shortcuts.
      </p>
    </Empty>
  );
}
