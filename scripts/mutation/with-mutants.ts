import { relative } from 'node:path';
import type { Plugin } from 'vite';
import type { Mutant } from './mutants.ts';
import { type Place, placesOf } from './places.ts';

/** Puts mutants into sources as they are loaded, each behind a condition. What the additions do is in `runner.ts`. */
export function withMutants(mutants: readonly Mutant[]): Plugin {
  const numbered = mutants.map((mutant, index) => ({ ...mutant, index }));
  const rooms = new Set(mutants.map(({ file }) => roomOf(file)));
  return {
    name: 'mutants',
    enforce: 'pre',
    transform(source, id) {
      const file = relative('.', id);
      if (!file.startsWith('src/') || !file.endsWith('.ts')) return undefined;
      const inFile = numbered.filter((mutant) => mutant.file === file);
      const places = placesOf(source).filter(({ site }) => site === 'loop' || rooms.has(roomOf(file)));
      const ids = inFile.map(({ index }) => index);
      const changed = instrumented(source, [...places.map((place) => asPlace(place, ids)), ...inFile.map(asMutant)]);
      return forgetful(file, changed.replace(/new WeakMap\b/g, 'new ForgetfulWeakMap'));
    },
  };
}

/** A cache that a test before has filled would answer in place of the code that the mutant is in. */
function forgetful(file: string, source: string): string {
  if (file.endsWith('recent-map.ts')) return source.replace(/new Map\b/g, 'new ForgetfulMap');
  if (file.endsWith('recent-alike.ts')) return source.replace(/(?<=#known: .*) = \[\];/, ' = new ForgetfulList();');
  return source;
}

interface Change {
  readonly start: number;
  readonly end: number;
  /** What the text of the place becomes, in which places inside are changed already. */
  readonly change: (within: string) => string;
}

function asMutant({ start, end, text, site, index }: Mutant & { readonly index: number }): Change {
  const change =
    site === 'body'
      ? (within: string) => ` if (isMutant(${index})) return; ${within}`
      : (within: string) => `(isMutant(${index}) ? (${text}) : (${within}))`;
  return { start, end, change };
}

function asPlace({ start, end, site }: Place, ids: readonly number[]): Change {
  switch (site) {
    case 'loop':
      return { start, end, change: (within) => `{ countStep(); ${within} }` };
    case 'name of constant':
      return {
        start,
        end,
        change: (head) => head.replace(/^const (\w+)(.*?)=\s*$/s, 'let $1$2; initial(() => { $1 = '),
      };
    case 'value of constant':
      return { start, end, change: (within) => `${within}; })` };
    case 'kept value':
      return {
        start,
        end,
        change: (whole) =>
          whole.replace(/^let (\w+)(?!.*Promise<).*$/s, `$& forgets(() => { $1 = undefined; }, [${ids}]);`),
      };
  }
}

function instrumented(source: string, changes: readonly Change[], start = 0, end = source.length): string {
  const inside = changes.filter((change) => change.start >= start && change.end <= end);
  const [outer] = inside.toSorted((one, other) => one.start - other.start || other.end - one.end);
  if (outer === undefined) return source.slice(start, end);
  const rest = inside.filter((change) => change !== outer);
  const within = instrumented(source, rest, outer.start, outer.end);
  return source.slice(start, outer.start) + outer.change(within) + instrumented(source, rest, outer.end, end);
}

function roomOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}
