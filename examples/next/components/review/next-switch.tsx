import type { Deciding } from './use-deciding.ts';

export function NextSwitch({ deciding, className }: { readonly deciding: Deciding; readonly className: string }) {
  return (
    <label className={`text-muted cursor-pointer items-center gap-2 text-sm ${className}`}>
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
