export function ReviewSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4 p-6">
      <span className="sr-only">Loading…</span>
      <div className="skeleton h-7 w-2/3" aria-hidden="true" />
      <div className="skeleton h-64 w-full" aria-hidden="true" />
    </div>
  );
}
