import { Notice } from '../problem.tsx';
import type { Draft } from './use-draft.ts';

/** Says that a form holds what was left in it. */
export function RestoredDraft({ draft: { isRestored, discard } }: { readonly draft: Draft }) {
  if (!isRestored) return null;
  return (
    <Notice tone="alert-info" role="status">
      <span>Your draft was restored. It has not been sent.</span>
      <button type="button" className="btn btn-sm" onClick={discard}>
        Discard
      </button>
    </Notice>
  );
}
