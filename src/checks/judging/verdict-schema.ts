import type { NamedRubric } from './rubrics.ts';

export interface JudgeIssue {
  readonly message: string;
  readonly path?: readonly string[];
  readonly rubric?: string;
}

export interface JudgeVerdict {
  readonly issues: readonly JudgeIssue[];
}

/** What a judge has to answer; with several rubrics each issue names the one it is by. An issue without a place is of use too. */
export function verdictSchema(rubrics: readonly NamedRubric[], mayLackPath?: 'may lack path') {
  const isSeveral = rubrics.length > 1;
  const rubric = { type: 'string', enum: rubrics.map(({ name }) => name), description: 'The rubric it is by.' };
  return {
    type: 'object',
    properties: {
      issues: {
        type: 'array',
        description: `What is wrong by the rubric${isSeveral ? 's' : ''}; empty when nothing is.`,
        items: {
          type: 'object',
          properties: {
            ...(isSeveral ? { rubric } : {}),
            message: { type: 'string', description: 'One imperative sentence that says what to change.' },
            path: {
              type: 'array',
              items: { type: 'string' },
              description:
                'Member names and indices that lead to the place in a JSON answer; empty for the whole answer.',
            },
          },
          required: [...(isSeveral ? ['rubric'] : []), 'message', ...(mayLackPath === undefined ? ['path'] : [])],
          additionalProperties: false,
        },
      },
    },
    required: ['issues'],
    additionalProperties: false,
  } as const;
}
