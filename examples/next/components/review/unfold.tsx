'use client';

import { type ReactNode, useState } from 'react';
import { count } from '../../lib/count.ts';

interface UnfoldProps {
  /** How many rows are folded: those with `data-equal`. */
  readonly equal: number;
  readonly children: ReactNode;
}

/** A table whose equal rows are out of sight until somebody asks for them. */
export function Unfold({ equal, children }: UnfoldProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  return (
    <div data-folded={!isUnfolded || undefined}>
      {children}
      {equal > 0 && (
        <button
          type="button"
          className="btn btn-ghost btn-sm text-muted m-1 font-normal"
          aria-expanded={isUnfolded}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isUnfolded ? 'Hide' : 'Show'} {count(equal, 'field')} that did not change
        </button>
      )}
    </div>
  );
}
