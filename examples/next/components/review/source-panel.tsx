import type { Issue } from 'ai-staged-retry';
import { keyOf, pathOf } from '../../lib/fields.ts';
import { labelOf } from '../../lib/labels.ts';
import type { SourcePart } from '../../lib/source-marks.ts';
import { promptMessages } from './prompt-messages.ts';

interface SourcePanelProps {
  readonly prompt: unknown;
  readonly parts: readonly SourcePart[];
  readonly issues: readonly Issue[];
  readonly active: string | undefined;
  readonly onActive: (key: string | undefined) => void;
}

/** What the model was given, with the values of its answer marked where they stand. */
export function SourcePanel({ prompt, parts, issues, active, onActive }: SourcePanelProps) {
  const faulty = new Set(issues.map(({ path }) => keyOf(path)));
  const others = promptMessages(prompt).filter(({ role }) => role !== 'user');
  const offsets = offsetsOf(parts);
  return (
    <section className="panel min-w-0" aria-labelledby="source">
      <h2 id="source" className="p-3 pb-1">
        Source
      </h2>
      <p className="verbatim px-3 pb-3">
        {parts.map(({ text, key }, index) =>
          key === undefined ? (
            text
          ) : (
            <mark
              key={offsets[index]}
              className="source-mark"
              title={labelOf(pathOf(key))}
              data-faulty={faulty.has(key) || undefined}
              data-active={active === key || undefined}
              onPointerEnter={() => onActive(key)}
              onPointerLeave={() => onActive(undefined)}
            >
              {text}
            </mark>
          ),
        )}
      </p>
      {others.length > 0 && (
        <details className="border-base-300 border-t text-sm">
          <summary className="text-muted cursor-pointer px-3 py-2">Instructions to the model</summary>
          {others.map(({ role, text }) => (
            <p key={`${role} ${text}`} className="verbatim px-3 pb-3">
              {text}
            </p>
          ))}
        </details>
      )}
    </section>
  );
}

function offsetsOf(parts: readonly SourcePart[]): readonly number[] {
  let offset = 0;
  return parts.map(({ text }) => {
    const start = offset;
    offset += text.length;
    return start;
  });
}
