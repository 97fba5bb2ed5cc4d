/** The rungs of the app's ladder, in order; the first answer and the retries are one stage, `retry`. */
export const rungs = [
  { kind: 'first', label: 'First answer', hint: 'The model reads the email.' },
  { kind: 'retry', label: 'Retry with feedback', hint: 'The model is told what is wrong, up to twice.' },
  { kind: 'tools', label: 'With the vendor book', hint: 'The model can look up vendors.' },
  { kind: 'person', label: 'A person decides', hint: "It goes to the team's inbox." },
] as const;

export type RungKind = (typeof rungs)[number]['kind'];

/** The rung that an attempt stands on. */
export function stageKind(attempt: { readonly number: number; readonly stage: string } | undefined): RungKind {
  if (attempt === undefined || attempt.number === 1) return 'first';
  return attempt.stage === 'tools' ? 'tools' : attempt.stage === 'human' ? 'person' : 'retry';
}

export function stageLabel(attempt: { readonly number: number; readonly stage: string }): string {
  const kind = stageKind(attempt);
  return kind === 'person' ? 'After review' : (rungs.find((rung) => rung.kind === kind)?.label ?? attempt.stage);
}
