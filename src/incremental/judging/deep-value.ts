import type { Issue } from '../../trace/issue.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { Identities } from '../text/identity.ts';
import { Judging } from './streamed-value.ts';

/** Judges a whole value as if it were being written, which takes no call stack however deep the value is. */
export function judgeStepwise(
  root: SchemaNode,
  value: unknown,
  identities: Identities,
): { isValid: boolean; issues: readonly Issue[] } {
  const judging = new Judging(root, identities);
  const stack: { container: object; keys: readonly string[] | undefined; next: number }[] = [];

  function enter(child: unknown) {
    if (typeof child !== 'object' || child === null) {
      judging.scalar(child as string | number | boolean | null);
      return;
    }
    const keys = Array.isArray(child) ? undefined : Object.keys(child);
    judging.containerStart(keys === undefined ? 'array' : 'object');
    if (judging.isSkipping) {
      judging.containerEnd();
      return;
    }
    stack.push({ container: child, keys, next: 0 });
  }

  enter(value);
  for (let top = stack.at(-1); top !== undefined && !judging.isDead; top = stack.at(-1)) {
    const index = top.next++;
    const length = top.keys?.length ?? (top.container as unknown[]).length;
    if (index >= length) {
      judging.containerEnd();
      stack.pop();
      continue;
    }
    const name = top.keys?.[index];
    if (name !== undefined) judging.name(name);
    if (!judging.isDead) enter((top.container as Record<string, unknown>)[name ?? index]);
  }
  return { isValid: !judging.isDead, issues: judging.issues };
}
