import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Check } from './check.ts';

/** Accepts every JSON value: that there is one is what a schema check judges first. */
export const anyJson: StandardSchemaV1 = {
  '~standard': { version: 1, vendor: 'ai-staged-retry', validate: (value) => ({ value }) },
};

/** The answer is one JSON value. */
export function json(): Check {
  return { name: 'json', schema: anyJson, incremental: true };
}
