'use client';

import { type ReactNode, useState } from 'react';
import { visible } from '../../lib/visible.ts';
import { Verbatim } from '../verbatim.tsx';
import type { Span } from './time-scale.ts';

interface NodeProps {
  readonly title: string;
  readonly time?: string;
  readonly span?: Span;
  readonly children: ReactNode;
}

interface TreeNodeProps extends NodeProps {
  readonly isOpen: boolean;
  readonly note: ReactNode;
  readonly look: string;
}

/** What happened, with what belongs to it below; it folds. */
export function TreeNode({ title, note, time, span, look, isOpen, children }: TreeNodeProps) {
  const [isShown, setShown] = useState(isOpen);
  return (
    <li className="border-base-300 not-first:border-t">
      <button
        type="button"
        aria-expanded={isShown}
        className="hover:bg-base-200 trace-row w-full cursor-pointer px-3 py-2.5 text-left"
        onClick={() => setShown(!isShown)}
      >
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm">
          <span aria-hidden="true" className={`inline-block transition-transform ${isShown ? 'rotate-90' : ''}`}>
            ›
          </span>
          <span className="font-semibold">{title}</span>
          {note}
        </span>
        <TimeBar span={span} look={look} />
        <span className="text-muted text-right text-xs tabular-nums">{time}</span>
      </button>
      {isShown && <ul className="pb-2 pl-4">{children}</ul>}
    </li>
  );
}

/** A part of what happened. */
export function Leaf({ title, time, span, children }: NodeProps) {
  return (
    <li className="px-3 py-1 text-sm">
      <div className="trace-row">
        <span className="text-muted">{title}</span>
        {span !== undefined && <TimeBar span={span} look="bg-primary" />}
        <span className="text-muted text-right text-xs tabular-nums">{time}</span>
      </div>
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </li>
  );
}

/** A longer text, folded. */
export function TextNode({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <li className="px-3 py-1 text-sm">
      <details>
        <summary className="text-muted w-fit cursor-pointer">{title}</summary>
        <div className="bg-base-200 mt-1 rounded pt-3">
          <Verbatim label={title}>{visible(text)}</Verbatim>
        </div>
      </details>
    </li>
  );
}

function TimeBar({ span, look }: { readonly span: Span | undefined; readonly look: string }) {
  return (
    <span className="bg-base-200 relative block h-2.5 rounded-sm" aria-hidden="true">
      {span !== undefined && (
        <span
          className={`absolute inset-y-0 rounded-sm ${look}`}
          style={{
            left: `${Math.min(span.left, 99)}%`,
            width: `${Math.min(span.width, 100 - Math.min(span.left, 99))}%`,
          }}
        />
      )}
    </span>
  );
}
