import { cut } from '../feedback/excerpt.ts';
import { LimiterRejected } from '../limits/limiter-rejected.ts';
import { ProviderCallFailed } from '../provider/provider-call-failed.ts';
import { describeError } from '../telemetry/describe-error.ts';
import { explainingOf } from '../telemetry/explained.ts';
import { errorInFull } from '../telemetry/in-full.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';

/** What a trace may say of a run's words: without content, nothing that the prompt, an answer or a tool said. */
export interface Telling {
  readonly recordContent: boolean;
  /** What an event found wrong with an answer, in words. */
  issues(issues: readonly Issue[], event: object): string | undefined;
  path(path: IssuePath, event: object): string | undefined;
  error(error: unknown): string;
}

const mostIssues = 5;

export function tellingOf(recordContent: boolean): Telling {
  return {
    recordContent,
    issues(issues, event) {
      if (recordContent) return issues.map(({ message }) => message).join('\n');
      const explaining = explainingOf(event);
      const shown = issues.slice(0, mostIssues).map((issue) => explaining?.finding(issue) ?? issue.kind);
      return issues.length > mostIssues ? `${shown.join('; ')}; …` : shown.join('; ');
    },
    path: (path, event) => (recordContent ? `/${path.join('/')}` : explainingOf(event)?.path(path)),
    error(given) {
      const error = causeOf(given);
      if (!recordContent) return describeError(error);
      return errorInFull(error);
    },
  };
}

/** The failure of a provider or a limiter, where ours stands around it. */
export function causeOf(error: unknown): unknown {
  return error instanceof ProviderCallFailed || error instanceof LimiterRejected ? error.cause : error;
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
