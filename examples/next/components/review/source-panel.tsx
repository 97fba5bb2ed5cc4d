import type { Issue } from 'ai-staged-retry';
import { keyOf, pathOf } from '../../lib/fields.ts';
import { labelOf } from '../../lib/labels.ts';
import type { SourcePart } from '../../lib/source-marks.ts';
import { visible } from '../../lib/visible.ts';
import { Verbatim } from '../verbatim.tsx';
import type { PromptMessage } from './prompt-messages.ts';

interface SourcePanelProps {
  readonly source: string;
  readonly instructions: readonly PromptMessage[];
  readonly parts: readonly SourcePart[];
  readonly issues: readonly Issue[];
}

/** What the model was given, with the values of its answer marked where they stand. */
export function SourcePanel({ source, instructions, parts, issues }: SourcePanelProps) {
  const faulty = new Set(issues.map(({ path }) => keyOf(path)));
  const offsets = offsetsOf(parts);
  return (
    <section className="panel min-w-0" aria-labelledby="source">
      <h2 id="source" className="p-3 pb-1">
        Source
      </h2>
      <Verbatim label="The text of the source" length={source.length}>
        {parts.map(({ text, key }, index) =>
          key === undefined ? (
            visible(text)
          ) : (
            <mark
              key={offsets[index]}
              className="source-mark"
              title={labelOf(pathOf(key))}
              data-key={key}
              data-faulty={faulty.has(key) || undefined}
            >
              {visible(text)}
            </mark>
          ),
        )}
      </Verbatim>
      {instructions.length > 0 && (
        <details className="border-base-300 border-t text-sm">
          <summary className="text-muted cursor-pointer px-3 py-2">Instructions to the model</summary>
          {instructions.map(({ text }, index) => (
            // Messages have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: as said
            <Verbatim key={index} label={`Instruction ${index + 1}`}>
              {visible(text)}
            </Verbatim>
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
