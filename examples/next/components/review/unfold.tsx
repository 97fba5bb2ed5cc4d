import type { ReactNode } from 'react';
import { count } from '../../lib/count.ts';

interface UnfoldProps {
  /** How many rows are folded: those with `data-equal`. */
  readonly equal: number;
  readonly children: ReactNode;
}

/** A table whose equal rows are out of sight until somebody asks for them; the styles do it, without a script. */
export function Unfold({ equal, children }: UnfoldProps) {
  return (
    <div data-folds>
      {children}
      {equal > 0 && (
        <details className="unfold">
          <summary className="btn btn-ghost btn-sm text-muted m-1 font-normal">
            <span className="when-folded">Show</span>
            <span className="when-unfolded">Hide</span> {count(equal, 'field')} that did not change
          </summary>
        </details>
      )}
    </div>
  );
}
