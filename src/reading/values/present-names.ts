import type { SourceObject } from '../text/source-value.ts';
import { normalised } from './normalise.ts';

/** The names of an object's members. */
export interface PresentNames {
  has(name: string): boolean;
  /** One of them, normalised. */
  spelling(name: string): string;
  /** How many of them come to the same as a normalised name. */
  alike(spelling: string): number;
}

/** They are gathered when they are asked for: most objects have the names that their schema lists. */
export function presentNames({ members }: SourceObject, spellings: Map<string, string>): PresentNames {
  let names: ReadonlySet<string> | undefined;
  let counts: Map<string, number> | undefined;

  function spelling(name: string): string {
    let known = spellings.get(name);
    if (known === undefined) {
      known = normalised(name);
      spellings.set(name, known);
    }
    return known;
  }

  function counted(): Map<string, number> {
    const found = new Map<string, number>();
    for (const { name } of members) found.set(spelling(name), (found.get(spelling(name)) ?? 0) + 1);
    return found;
  }

  return {
    has(name) {
      if (members.length <= fewMembers) return members.some((member) => member.name === name);
      names ??= new Set(members.map((member) => member.name));
      return names.has(name);
    },
    spelling,
    alike(wanted) {
      if (members.length <= fewMembers) return members.filter(({ name }) => spelling(name) === wanted).length;
      counts ??= counted();
      return counts.get(wanted) ?? 0;
    },
  };
}

/** So many names are looked through one by one. */
const fewMembers = 8;
