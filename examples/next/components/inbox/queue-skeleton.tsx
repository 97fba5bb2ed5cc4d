export function QueueSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-5 p-3">
      <span className="sr-only">Loading…</span>
      {[1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="flex flex-col gap-2" aria-hidden="true">
          <div className="skeleton h-4 w-3/4" />
          <div className="skeleton h-3 w-full" />
        </div>
      ))}
    </div>
  );
}
