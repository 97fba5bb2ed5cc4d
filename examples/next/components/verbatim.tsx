import type { ReactNode } from 'react';

interface VerbatimProps {
  /** What it is called for those who do not see where it stands. */
  readonly label: string;
  /** How many characters it has, where the children are more than a text. */
  readonly length?: number;
  readonly children: ReactNode;
}

/** A longer text scrolls in its own place, so that what follows stays within reach. */
const longest = 4000;

/** A text as it is: a mail, a prompt, an answer. */
export function Verbatim({ label, length, children }: VerbatimProps) {
  const isLong = (length ?? (typeof children === 'string' ? children.length : 0)) > longest;
  if (!isLong) return <p className="verbatim px-3 pb-3">{children}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached with the keyboard
    <section className="verbatim max-h-160 overflow-y-auto px-3 pb-3" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
