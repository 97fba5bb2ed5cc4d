import { InvalidArgumentError } from '@ai-sdk/provider';

/** One rubric, or several by their names. */
export type Rubric = string | Readonly<Record<string, string>>;

/** A rubric with its name; of a single one it is not told. */
export interface NamedRubric {
  readonly name: string;
  readonly text: string;
}

/** @throws InvalidArgumentError without a rubric that says something. */
export function rubricsOf(rubric: Rubric): readonly NamedRubric[] {
  const named = typeof rubric === 'string' ? { rubric } : typeof rubric === 'object' ? rubric : {};
  const rubrics = Object.entries(named ?? {}).map(([name, text]) => ({ name, text }));
  if (rubrics.length > 0 && rubrics.every(({ text }) => typeof text === 'string' && text.trim() !== '')) return rubrics;
  throw new InvalidArgumentError({
    argument: 'judge',
    message:
      "judge() needs a rubric: a text that says what makes an answer good, or several as { polite: '…', complete: '…' }.",
  });
}

/** Beginning with another one each time: what stands first is judged more strictly. */
export function rotated(rubrics: readonly NamedRubric[], by: number): readonly NamedRubric[] {
  const start = by % rubrics.length;
  return [...rubrics.slice(start), ...rubrics.slice(0, start)];
}
