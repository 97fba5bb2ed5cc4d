/** The colour of a stage, the same on every page. */
export function stageColor(stage: string): string {
  return colors[stage] ?? 'gray';
}

const colors: Readonly<Record<string, string>> = { call: 'blue', retry: 'indigo', tools: 'teal', human: 'orange' };
