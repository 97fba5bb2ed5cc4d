import { InvalidArgumentError } from '@ai-sdk/provider';
import type { Check, CheckContext } from '../checks/check.ts';
import { canonicalJson } from '../trace/canonical-json.ts';
import type { Issue, Verdict } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import { changedBy, endsOnAbort, graceMs } from './check-contract/observing.ts';
import { leadsSomewhere } from './check-contract/places.ts';
import { type AnswerCase, said, shown } from './check-contract/saying.ts';
import { runCheck } from './run-check.ts';

export type { AnswerCase } from './check-contract/saying.ts';

/** The answers that a check is tested with: which must pass and which must fail. */
export interface CheckContractCases {
  /** Answers that must pass. */
  readonly passes: readonly AnswerCase[];
  /** Answers that must fail. */
  readonly fails: readonly (AnswerCase | WrongAnswer)[];
  /** The context that the check gets. */
  readonly context?: Partial<CheckContext>;
  /**
   * The check with a model or a server that never answers, to test that it stops when its run is aborted.
   * @default the check
   */
  readonly stuck?: Check;
}

/** A wrong answer, and what one of its issues must have. */
export interface WrongAnswer {
  readonly answer: AnswerCase;
  readonly issue: Partial<Issue>;
}

/** One requirement for a check, for a test of any runner. */
export interface CheckContractCase {
  readonly title: string;
  /** Rejects with an error that says what was wrong. */
  readonly run: () => Promise<void>;
}

/**
 * Creates tests of what every check must do. It passes right answers and fails wrong ones, with the same result each
 * time, whatever it judged before. Its issues are at places that the answer has. It does not change its input, and it ends when its run is
 * aborted.
 *
 * @example
 * const cases = checkContract(addsUp, { passes: ['{"total":3,"lines":[1,2]}'], fails: ['{"total":4,"lines":[1,2]}'] });
 * for (const { title, run } of cases) it(title, run);
 */
export function checkContract(check: Check, cases: CheckContractCases): CheckContractCase[] {
  if (!Array.isArray(cases?.passes) || !Array.isArray(cases.fails)) {
    const message = 'checkContract() takes right and wrong answers: { passes: [text, …], fails: [text, …] }.';
    throw new InvalidArgumentError({ argument: 'cases', message });
  }
  const { passes, context = {}, stuck = check } = cases;
  const fails = cases.fails.map((given) => (isWrongAnswer(given) ? given : { answer: given, issue: {} }));
  const answers = [...passes, ...fails.map(({ answer }) => answer)];
  /** What was said of each answer when it came first, in whichever test. */
  const first = new Map<AnswerCase, Verdict['type']>();
  const judge = async (answer: AnswerCase) => {
    const verdict = await runCheck(check, answer, context);
    if (!first.has(answer)) first.set(answer, verdict.type);
    return verdict;
  };
  const broken = (what: string, answer: AnswerCase) =>
    new Error(`The check "${check.name}" ${what}, on ${shown(answer)}.`);
  const ofEach = (title: string, prove: (answer: AnswerCase) => Promise<void>): CheckContractCase => ({
    title,
    run: async () => {
      for (const answer of answers) await prove(answer);
    },
  });

  return [
    ...passes.map((answer) => ({
      title: `passes ${shown(answer)}`,
      run: async () => {
        const verdict = await judge(answer);
        if (verdict.type === 'fail') throw broken(`says ${said(verdict)} of what is right`, answer);
      },
    })),
    ...fails.map(({ answer, issue }) => ({
      title: `fails ${shown(answer)}`,
      run: async () => {
        const verdict = await judge(answer);
        if (verdict.type === 'pass') throw broken('passes what is wrong', answer);
        if (!verdict.issues.some((found) => hasAll(found, issue)))
          throw broken(`has no issue with ${JSON.stringify(issue)}, and says ${said(verdict)}`, answer);
      },
    })),
    ofEach('judges an answer the same each time', async (answer) => {
      const [first, second] = [await judge(answer), await judge(answer)];
      if (canonicalJson(first) !== canonicalJson(second))
        throw broken(`says ${said(first)} at first and ${said(second)} then`, answer);
    }),
    {
      title: 'remembers nothing of the answers before',
      run: async () => {
        // In turn, the other way round, and at once.
        for (const answer of [...answers, ...answers.toReversed()]) compare(answer, await judge(answer));
        await Promise.all(answers.map(async (answer) => compare(answer, await judge(answer))));

        function compare(answer: AnswerCase, verdict: Verdict): void {
          const before = first.get(answer);
          if (before === verdict.type) return;
          const then = before === 'pass' ? 'passed it' : 'failed it';
          throw broken(`${then} at first, and says ${said(verdict)} after others: it remembers something`, answer);
        }
      },
    },
    ofEach('names places that the answer has', async (answer) => {
      const verdict = await judge(answer);
      const issues = verdict.type === 'fail' ? verdict.issues : [];
      for (const issue of issues) {
        if (await leadsSomewhere(issue, answer, passes)) continue;
        throw broken(`names the place ${jsonPointer(issue.path)}, which leads nowhere`, answer);
      }
    }),
    ofEach('does not change what it is shown', async (answer) => {
      const changed = await changedBy(check, answer, context);
      if (changed !== undefined) throw broken(`changes the ${changed} that it is shown`, answer);
    }),
    ofEach('ends when the run is aborted', async (answer) => {
      if (await endsOnAbort(stuck, answer, context)) return;
      throw broken(`goes on for ${graceMs} ms after its run was aborted: hand on context.abortSignal`, answer);
    }),
  ];
}

function isWrongAnswer(given: AnswerCase | WrongAnswer): given is WrongAnswer {
  return typeof given === 'object' && 'answer' in given;
}

function hasAll(found: Issue, wanted: Partial<Issue>): boolean {
  const known: Readonly<Record<string, unknown>> = { ...found };
  return Object.entries(wanted).every(([name, value]) => canonicalJson(known[name]) === canonicalJson(value));
}
