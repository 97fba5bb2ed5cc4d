import { anyCheckOptions, checkTypes } from './check-types.ts';
import type { AnyEntryType } from './entry-type.ts';
import { type AnyOption, objectSchema } from './option.ts';
import { anyStageOptions, stageTypes } from './stage-types.ts';

/** The JSON Schema that editors complete and judge a configuration by. */
export function configSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Checks and stages of ai-staged-retry',
    type: 'object',
    properties: {
      checks: { $ref: '#/definitions/checks' },
      guards: { $ref: '#/definitions/checks' },
      stages: { $ref: '#/definitions/stages' },
    },
    definitions: {
      checks: entries(checkTypes, anyCheckOptions, 'What an answer must pass.'),
      stages: entries(stageTypes, anyStageOptions, 'The ladder, lowest stage first.'),
    },
  };
}

/** Held to its type where that is built in; a type of the registry may say anything. */
function entries(
  types: Readonly<Record<string, AnyEntryType<unknown>>>,
  shared: Readonly<Record<string, AnyOption>>,
  description: string,
): object {
  const builtIn = Object.entries(types).map(([type, entry]) => ({ const: type, description: entry.description }));
  return {
    type: 'array',
    description,
    items: {
      type: 'object',
      required: ['type'],
      properties: { type: { anyOf: [...builtIn, { type: 'string' }] } },
      allOf: Object.entries(types).map(([type, { options }]) => ({
        if: { properties: { type: { const: type } }, required: ['type'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: objectSchema({ type: { schema: { const: type } }, ...options, ...shared }),
      })),
    },
  };
}
