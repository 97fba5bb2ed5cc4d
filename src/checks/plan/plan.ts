import { InvalidArgumentError } from '@ai-sdk/provider';
import type { FlexibleSchema } from 'ai';
import { type Check, type CheckInput, validated } from '../check.ts';
import { calledSchema, isFlexibleSchema, refuseBadJsonSchema } from '../schema.ts';

/** A model's checks by the phase they run in, each phase in the order given. */
export interface CheckPlan {
  readonly toolInput: readonly Check[];
  readonly structure: readonly Check[];
  readonly content: readonly Check[];
  /** Those that only warn, where there are any. */
  readonly warning?: CheckPlan;
}

/** Whether there is nothing to judge. */
export function isEmptyPlan({ toolInput, structure, content, warning }: CheckPlan): boolean {
  return toolInput.length === 0 && structure.length === 0 && content.length === 0 && warning === undefined;
}

/**
 * Sorts the checks of a model.
 *
 * @throws InvalidArgumentError for two checks of one name, and for an `after` that names no check or leads in a circle.
 */
export function planChecks(inputs: readonly CheckInput[]): CheckPlan {
  const checks: Check[] = [];
  for (const input of inputs) {
    const added = toCheck(input, checks);
    if (checks.some(({ name }) => name === added.name)) {
      throw invalid(`Two checks are named "${added.name}": give one another name.`);
    }
    checks.push(added);
  }
  refuseBadOrder(checks);
  const warning = checks.filter(isWarning);
  if (warning.length === 0) return inPhases(checks);
  return { ...inPhases(checks.filter((check) => !isWarning(check))), warning: inPhases(warning) };
}

function isWarning({ severity }: Check): boolean {
  return severity === 'warning';
}

function inPhases(checks: readonly Check[]): CheckPlan {
  return {
    toolInput: checks.filter(({ phase }) => phase === 'tool-input'),
    structure: checks.filter(({ schema }) => schema !== undefined),
    content: checks.filter(({ phase, test, start }) => phase !== 'tool-input' && (test ?? start) !== undefined),
  };
}

function toCheck(input: CheckInput, before: readonly Check[]): Check {
  if (!isFlexibleSchema(input)) return validated(input as Check);
  // A schema that is given lazily takes no argument.
  if (typeof input === 'function' && !('~standard' in input) && input.length > 0)
    throw invalid("A function alone is no check, as it has no name: check('my-check', (answer) => …).");
  if (typeof input === 'function' && !('~standard' in input)) refuseBadLazySchema(input as () => unknown);
  refuseBadJsonSchema('checks', input);
  const count = before.filter(({ name }) => /^schema(-\d+)?$/.test(name)).length;
  return { name: count === 0 ? 'schema' : `schema-${count + 1}`, schema: input };
}

/** A schema may be given lazily, and so may look like a check without its parentheses. */
function refuseBadLazySchema(given: () => unknown): void {
  const { name } = given;
  const result = resultOf(given);
  if (isCheck(result)) throw invalid(`The check ${name} is given without its parentheses: write ${name}().`);
  // What is not there yet may be there when it is asked for.
  if (result !== undefined)
    refuseBadJsonSchema(
      'checks',
      calledSchema(() => result as FlexibleSchema),
    );
}

function resultOf(given: () => unknown): unknown {
  try {
    return given();
  } catch {
    return undefined;
  }
}

function isCheck(value: unknown): boolean {
  const { name, test, start } = (value ?? {}) as Partial<Check>;
  return typeof name === 'string' && (typeof test === 'function' || typeof start === 'function');
}

function refuseBadOrder(checks: readonly Check[]): void {
  const done = new Set<string>();
  let waiting = checks.filter(({ after = [] }) => after.length > 0);
  for (const { name, after = [] } of waiting) {
    const unknown = after.find((other) => !checks.some((check) => check.name === other));
    if (unknown !== undefined) throw invalid(`The check "${name}" comes after "${unknown}", which is no check here.`);
  }
  for (const check of waiting) {
    const warning = isWarning(check)
      ? undefined
      : checks.find((other) => isWarning(other) && check.after?.includes(other.name));
    if (warning !== undefined)
      throw invalid(`The check "${check.name}" comes after "${warning.name}", which only warns and is judged last.`);
  }
  for (const check of checks) if (!waiting.includes(check)) done.add(check.name);
  while (waiting.length > 0) {
    const ready = waiting.filter(({ after = [] }) => after.every((name) => done.has(name)));
    if (ready.length === 0)
      throw invalid(`The checks ${waiting.map(({ name }) => name).join(', ')} wait for each other.`);
    for (const { name } of ready) done.add(name);
    waiting = waiting.filter((check) => !ready.includes(check));
  }
}

function invalid(message: string): InvalidArgumentError {
  return new InvalidArgumentError({ argument: 'checks', message });
}
