import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** A place where something will be, and what to do until then. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <p className="font-semibold">{title}</p>
      <div className="text-muted flex max-w-96 flex-col items-center gap-3 text-sm">{children}</div>
    </div>
  );
}
