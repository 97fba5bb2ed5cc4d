import type { RunMessage } from '../lib/run-record.ts';

type PartData<TYPE extends RunMessage['parts'][number]['type']> = Extract<
  RunMessage['parts'][number],
  { type: TYPE; data: unknown }
>['data'];

/** What the parts of a run's message say. */
export interface RunView {
  readonly run?: PartData<'data-run'>;
  readonly attempts: readonly PartData<'data-attempt'>[];
  readonly tools: readonly PartData<'data-tool'>[];
  readonly escalation?: PartData<'data-escalation'>;
  readonly answer?: PartData<'data-answer'>;
  readonly end?: PartData<'data-end'>;
}

export function readRun(messages: readonly RunMessage[]): RunView {
  const parts = messages.findLast(({ role }) => role === 'assistant')?.parts ?? [];
  function all<TYPE extends RunMessage['parts'][number]['type']>(type: TYPE): PartData<TYPE>[] {
    return parts.flatMap((part) => (part.type === type && 'data' in part ? [part.data as PartData<TYPE>] : []));
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
