/** How a mail is sent: the runtime that answers, and what is judged. */
export interface RunSettings {
  readonly runtime: 'edge' | 'node';
  readonly judge: 'everything' | 'structure';
}

/** A mail that was sent. */
export interface Job {
  /** Names the run. */
  readonly id: string;
  readonly mail: string;
  readonly settings: RunSettings;
}

const keptName = 'run';

/** The job of this tab that has not ended, over reloads and other pages. */
export function keptJob(): Job | undefined {
  const text = sessionStorage.getItem(keptName);
  return text === null ? undefined : JSON.parse(text);
}

export function keepJob(job: Job | undefined): void {
  if (job === undefined) sessionStorage.removeItem(keptName);
  else sessionStorage.setItem(keptName, JSON.stringify(job));
}
