import type { NamedRubric } from './rubrics.ts';
import type { JudgeIssue, JudgeVerdict } from './verdict-schema.ts';

/** Whether more verdicts could change what is found: a rubric is decided when more than half of all would be for one side. */
export function isDecided(
  verdicts: readonly JudgeVerdict[],
  rubrics: readonly NamedRubric[],
  samples: number,
): boolean {
  const enough = Math.floor(samples / 2) + 1;
  return rubrics.every((rubric) => {
    const against = verdicts.filter((verdict) => issuesBy(rubric, verdict, rubrics).length > 0).length;
    return against >= enough || verdicts.length - against >= enough;
  });
}

/** The issues by the rubrics that most verdicts find fault by, in the words of the first that does. */
export function majorityIssues(verdicts: readonly JudgeVerdict[], rubrics: readonly NamedRubric[]): JudgeIssue[] {
  return rubrics.flatMap((rubric) => {
    const faults = verdicts.map((verdict) => issuesBy(rubric, verdict, rubrics)).filter(({ length }) => length > 0);
    const [first = []] = faults;
    return 2 * faults.length > verdicts.length ? first : [];
  });
}

function issuesBy(
  { name }: NamedRubric,
  { issues }: JudgeVerdict,
  rubrics: readonly NamedRubric[],
): readonly JudgeIssue[] {
  return rubrics.length === 1 ? issues : issues.filter(({ rubric }) => rubric === name);
}
