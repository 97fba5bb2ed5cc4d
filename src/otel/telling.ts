import { explainFinding, explainPath } from '../errors/explain-run.ts';
import { cut } from '../feedback/excerpt.ts';
import { ProviderCallFailed } from '../provider/provider-call-failed.ts';
import { describeError } from '../telemetry/describe-error.ts';
import type { TracedRun } from '../telemetry/telemetry.ts';
import { saidInPrompt, textOf } from '../telemetry/withheld.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { withoutQuotes } from '../trace/without-quotes.ts';

/** What a trace may say of a run's words: without content, nothing that the prompt, an answer or a tool said. */
export interface Telling {
  readonly recordContent: boolean;
  /** What is wrong with an answer, in words. */
  issues(issues: readonly Issue[], answer: string): string;
  path(path: IssuePath): string;
  error(error: unknown): string;
  /** Remembers what a tool was asked or returned, as something not to tell. */
  keepBack(value: unknown): void;
}

const mostIssues = 5;

export function tellingOf({ prompt }: TracedRun, recordContent: boolean): Telling {
  const returned: string[] = [];
  let said: readonly string[] | undefined;

  function allSaid(): readonly string[] {
    said ??= saidInPrompt(prompt);
    return [...said, ...returned];
  }

  return {
    recordContent,
    issues(issues, answer) {
      if (recordContent) return issues.map(({ message }) => message).join('\n');
      // A later issue may quote an earlier answer.
      if (!returned.includes(answer)) returned.push(answer);
      const shown = issues.slice(0, mostIssues).map((issue) => explainFinding(issue, allSaid()));
      return issues.length > mostIssues ? `${shown.join('; ')}; …` : shown.join('; ');
    },
    path: (path) => (recordContent ? `/${path.join('/')}` : explainPath(path)),
    error(given) {
      const error = causeOf(given);
      if (!recordContent) return withoutQuotes(describeError(error), allSaid());
      return error instanceof Error ? error.message : String(error);
    },
    keepBack(value) {
      const text = recordContent ? '' : textOf(value);
      if (text !== '' && !returned.includes(text)) returned.push(text);
    },
  };
}

/** The provider's own failure, where ours stands around it. */
export function causeOf(error: unknown): unknown {
  return error instanceof ProviderCallFailed ? error.cause : error;
}

const longestContent = 100_000;

/** A value as an attribute. */
export function jsonOf(value: unknown): string {
  try {
    return cut(JSON.stringify(value) ?? '', longestContent);
  } catch {
    return '';
  }
}
