import type { Deciding } from './use-deciding.ts';

export function NextSwitch({ deciding }: { readonly deciding: Deciding }) {
  return (
    <label className="text-muted flex cursor-pointer items-center gap-2 text-sm">
      <input
        type="checkbox"
        className="toggle toggle-primary toggle-sm"
        checked={deciding.opensNext}
        onChange={(event) => deciding.setOpensNext(event.currentTarget.checked)}
      />
      Then open the next
    </label>
  );
}
