'use client';

import type { EscalationSummary } from 'ai-staged-retry';
import { useState } from 'react';

const none: ReadonlySet<string> = new Set();

/**
 * What is ticked for a bulk: never more than what the list shows and still waits. Another list, of another filter or
 * order, begins without.
 */
export function useChosen(items: readonly EscalationSummary[], list: string) {
  const [held, setHeld] = useState({ list, ids: none });
  // Before it is drawn, the component begins again.
  if (held.list !== list) setHeld({ list, ids: none });
  const canBeChosen = ({ id, state }: EscalationSummary) => state === 'pending' && held.ids.has(id);

  return {
    /** Whether the bulk is begun; it stays to say what came of it. */
    isBegun: held.ids.size > 0,
    ids: items.filter(canBeChosen).map(({ id }) => id),
    toggle(id: string): void {
      if (!items.some((item) => item.id === id && item.state === 'pending')) return;
      setHeld(({ ids }) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        return { list, ids: next };
      });
    },
    clear: () => setHeld({ list, ids: none }),
  };
}
