import { relative } from 'node:path';
import type { Plugin } from 'vite';
import type { Mutant } from './mutants.ts';

/** Puts mutants into sources as they are loaded, each behind a condition. What the additions do is in `runner.ts`. */
export function withMutants(mutants: readonly Mutant[]): Plugin {
  const numbered = mutants.map((mutant, index) => ({ ...mutant, index }));
  return {
    name: 'mutants',
    enforce: 'pre',
    transform(source, id) {
      const file = relative('.', id);
      if (!file.startsWith('src/')) return undefined;
      const inFile = numbered.filter((mutant) => mutant.file === file);
      const changed = instrumented(source, inFile).replace(/new WeakMap\b/g, 'new ForgetfulWeakMap');
      const forgets = file.endsWith('recent-map.ts') ? changed.replace(/new Map\b/g, 'new ForgetfulMap') : changed;
      return forgets.replace(/^(\s*(?:for|while) .*\{)$/gm, '$1 countStep();');
    },
  };
}

type Numbered = Mutant & { readonly index: number };

function instrumented(source: string, mutants: readonly Numbered[], start = 0, end = source.length): string {
  const inside = mutants.filter((mutant) => mutant.start >= start && mutant.end <= end);
  const [outer] = inside.toSorted((one, other) => one.start - other.start || other.end - one.end);
  if (outer === undefined) return source.slice(start, end);
  const rest = inside.filter((mutant) => mutant !== outer);
  const within = instrumented(source, rest, outer.start, outer.end);
  const after = instrumented(source, rest, outer.end, end);
  const changed =
    outer.site === 'body'
      ? ` if (isMutant(${outer.index})) return; ${within}`
      : `(isMutant(${outer.index}) ? (${outer.text}) : (${within}))`;
  return source.slice(start, outer.start) + changed + after;
}
