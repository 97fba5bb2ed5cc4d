import type { Attempt } from 'ai-staged-retry';
import { valueIn } from '../../lib/fields.ts';
import { stageLabel } from '../../lib/stages.ts';
import { visible } from '../../lib/visible.ts';
import { Verbatim } from '../verbatim.tsx';
import { ChangeTable } from './change-table.tsx';

/** What changed from attempt to attempt, and what failed in each. */
export function AttemptsPanel({ attempts }: { readonly attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return null;
  return (
    <section className="panel min-w-0" aria-labelledby="attempts">
      <h2 id="attempts" className="p-3 pb-1">
        What the model tried
      </h2>
      <ChangeTable
        caption="The attempts side by side; what changed is marked"
        versions={attempts.map((attempt) => ({
          title: `${attempt.number}. ${stageLabel(attempt)}`,
          value: valueIn(attempt.text),
          issues: attempt.verdict.type === 'pass' ? [] : attempt.verdict.issues,
        }))}
      />
      <details className="border-base-300 border-t text-sm">
        <summary className="text-muted cursor-pointer px-3 py-2">Full text of each answer</summary>
        {attempts.map(({ number, text }) => (
          <div key={number}>
            <h3 className="text-muted px-3 text-xs">Attempt {number}</h3>
            <Verbatim label={`The answer of attempt ${number}`}>{visible(text)}</Verbatim>
          </div>
        ))}
      </details>
    </section>
  );
}
