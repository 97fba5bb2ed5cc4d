import type { RunMessage } from '../lib/run-record.ts';

type Part = RunMessage['parts'][number];
type PartData<TYPE extends Part['type']> = Extract<Part, { type: TYPE; data: unknown }>['data'];

/** What the parts of a run's message say. */
export interface RunView {
  readonly run: PartData<'data-run'> | undefined;
  readonly attempts: readonly PartData<'data-attempt'>[];
  readonly tools: readonly PartData<'data-tool'>[];
  readonly escalation: PartData<'data-escalation'> | undefined;
  readonly answer: PartData<'data-answer'> | undefined;
  readonly end: PartData<'data-end'> | undefined;
}

export function readRun(message: RunMessage | undefined): RunView {
  function all<TYPE extends Part['type']>(type: TYPE): PartData<TYPE>[] {
    // Cast: the part's type says what its data is.
    return (message?.parts ?? []).flatMap((part) =>
      part.type === type && 'data' in part ? [part.data as PartData<TYPE>] : [],
    );
  }
  return {
    run: all('data-run').at(-1),
    attempts: all('data-attempt'),
    tools: all('data-tool'),
    escalation: all('data-escalation').at(-1),
    answer: all('data-answer').at(-1),
    end: all('data-end').at(-1),
  };
}
