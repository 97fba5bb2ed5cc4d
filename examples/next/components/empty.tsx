import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  /** Whether it is all that the page says. @default false */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}

/** A place where something will be, and what to do until then. */
export function Empty({ title, isPage = false, children }: EmptyProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <Title className="text-base font-semibold">{title}</Title>
      <div className="text-muted flex max-w-96 flex-col items-center gap-3 text-sm">{children}</div>
    </div>
  );
}
