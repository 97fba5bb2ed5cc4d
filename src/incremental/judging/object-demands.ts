import { removalFrom } from '../explaining/explain.ts';
import { failureOf, failureSaying } from '../explaining/failure.ts';
import { placeIn } from '../explaining/place.ts';
import type { ObjectRule } from '../schema/demands.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import type { ContainerJudgement } from './roles.ts';

const NONE: readonly SchemaNode[] = [];

/** What one schema itself demands of an object that is being read. */
export class ObjectDemands {
  /** Whether some may still be broken. */
  isOpen: boolean;
  readonly #judgement: ContainerJudgement;

  constructor(judgement: ContainerJudgement) {
    this.#judgement = judgement;
    this.isOpen = judgement.schema.members !== undefined || this.#hasOpenRules;
  }

  name(name: string): void {
    const { schema, frame, leftovers } = this.#judgement;
    for (const rule of schema.nameRules) {
      if (rule.fails?.(frame.names, name)) {
        this.#fail(rule);
        return;
      }
    }
    if (this.isOpen && schema.members === undefined && !this.#hasOpenRules) {
      this.isOpen = false;
      this.#judgement.settleIfDone();
    }
    const members = schema.members === undefined ? NONE : schema.members.schemasFor(name);
    for (const member of members) {
      if (member.isNever) {
        const place = placeIn(frame.place, name);
        this.#judgement.fail(failureSaying(place, () => removalFrom(schema, place)));
        return;
      }
      frame.judging.await(member, this.#judgement);
    }
    leftovers?.examine(name);
  }

  close(): void {
    const { schema, frame } = this.#judgement;
    for (const rule of schema.objectRules) {
      const truth = rule.judge(frame.names);
      if (truth === undefined) this.#judgement.doubt();
      else if (!truth) this.#fail(rule);
    }
    this.isOpen = false;
  }

  get #hasOpenRules(): boolean {
    const { schema, frame } = this.#judgement;
    return schema.objectRules.some((rule) => !rule.isSettled?.(frame.names));
  }

  #fail(rule: ObjectRule): void {
    const { names, place } = this.#judgement.frame;
    this.#judgement.fail(failureOf(place, (report) => rule.explain(names, place, report)));
  }
}
