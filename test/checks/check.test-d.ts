import type { StandardSchemaV1 } from '@standard-schema/spec';
import { type FlexibleSchema, jsonSchema } from 'ai';
import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import * as z3 from 'zod/v3';
import { type Check, type CheckInput, check, withStagedRetry } from '../../src/index.ts';
import { scriptedModel } from '../../src/testing/index.ts';

/** Fails to compile unless the two types are the same. */
function same<EXPECTED>() {
  return <ACTUAL>(_: ACTUAL, ..._same: [EXPECTED, ACTUAL] extends [ACTUAL, EXPECTED] ? [] : [never]) => true as const;
}

interface Invoice {
  vendor: string;
  total: number;
}

check('untyped', ({ value, text, finishReason }) => {
  same<unknown>()(value);
  same<string>()(text);
  return finishReason === 'stop' || 'Finish.';
});
// @ts-expect-error `false` is no finding
check('findings', ({ text }) => text === 'right');
// @ts-expect-error nothing is no finding
check('findings', () => {});
// @ts-expect-error nor is a promise of nothing
check('findings', async () => {});
// @ts-expect-error nor what says only what is wrong
check('findings', ({ text }) => (text === 'right' ? undefined : 'No.'));

check('zod 4', z.object({ vendor: z.string(), total: z.number() }), ({ value }) => same<Invoice>()(value));
check('zod 3', z3.object({ vendor: z3.string(), total: z3.number() }), ({ value }) => same<Invoice>()(value));
check('valibot', v.object({ vendor: v.string(), total: v.number() }), ({ value }) => same<Invoice>()(value));
check('arktype', type({ vendor: 'string', total: 'number' }), ({ value }) => same<Invoice>()(value));
check('the SDK', jsonSchema<Invoice>({}), ({ value }) => same<Invoice>()(value));
check(
  'lazy',
  () => jsonSchema<Invoice>({}),
  ({ value }) => same<Invoice>()(value),
);
check('made', z.object({ on: z.string().transform((text) => new Date(text)) }), ({ value }) => same<Date>()(value.on));
check({ name: 'definition', schema: jsonSchema<Invoice>({}), test: ({ value }) => same<Invoice>()(value) });
check({ name: 'definition without a schema', test: ({ value }) => same<unknown>()(value) });

check('findings', () => 'No.');
check('findings', () => [{ message: 'No.', path: ['lines', 0], kind: 'missing-information', suggestion: 'Ask.' }]);
check('findings', async (_, { attempt, isLastAttempt, abortSignal }) => {
  same<number>()(attempt);
  same<AbortSignal | undefined>()(abortSignal);
  return isLastAttempt || 'No.';
});
// @ts-expect-error there is no such kind
check('findings', () => [{ message: 'No.', kind: 'wrong' }]);
// @ts-expect-error a finding has a message
check('findings', () => [{ path: [] }]);
// @ts-expect-error a member the schema does not have
check('typed', jsonSchema<Invoice>({}), ({ value }) => value.sum === 1 || 'No.');

const typed: Check<Invoice> = check('typed', jsonSchema<Invoice>({}), () => true);
const flexible: FlexibleSchema<Invoice> = jsonSchema<Invoice>({});
const standard: StandardSchemaV1<unknown, Invoice> = z.object({ vendor: z.string(), total: z.number() });
const inputs: readonly CheckInput[] = [typed, flexible, standard, check('untyped', () => true)];
withStagedRetry(scriptedModel(['']), { checks: inputs });
// @ts-expect-error a bare function is no check
withStagedRetry(scriptedModel(['']), { checks: [42] });
