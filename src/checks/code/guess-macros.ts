import { blank, withoutDirectives } from './preprocessor.ts';
import { inKnownConstructs } from './unknown-constructs.ts';
import { isStandardValue } from './unknown-macros.ts';

/** The longest program in which macros are guessed at, in UTF-16 units. */
const longestProgram = 200_000;

/** How many macros are guessed at in a program. */
const mostMacros = 60;

/** How far from an error the macro is looked for that it may come from. */
const reach = 160;

/**
 * Reads what looks like macros of headers as nothing or as a type, for as long as the first error moves on.
 *
 * @param errorIn where the first error is; `undefined` for a right program
 */
export function withoutMacros(code: string, errorIn: (code: string) => number | undefined): string {
  const defined = new Set([...code.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)/gm)].map(([, name]) => name));
  if (code.length > longestProgram) return code;
  let best = withoutDirectives(code);
  let farthest = errorIn(best);
  for (let count = 0; count < mostMacros && farthest !== undefined; count += 1) {
    let next: { code: string; error: number } | undefined;
    for (const changed of readingsOf(best, macrosNear(best, farthest, defined))) {
      const error = errorIn(changed);
      if (error === undefined) return changed;
      if (error > (next?.error ?? farthest)) next = { code: changed, error };
    }
    if (next === undefined) break;
    best = next.code;
    farthest = next.error;
  }
  return best;
}

function* readingsOf(code: string, names: readonly string[]): Generator<string> {
  yield* inKnownConstructs(code);
  for (const name of names)
    for (const reading of ['nothing', 'type', 'value', 'word'] as const) yield replaced(code, name, reading);
}

/** How many names are tried where an error is. */
const mostNames = 6;

function macrosNear(code: string, offset: number, defined: ReadonlySet<string | undefined>): string[] {
  const start = Math.max(0, offset - reach);
  const words = [...code.slice(start, offset + reach).matchAll(/\b[A-Za-z_]\w+/g)];
  const distance = ({ index }: RegExpExecArray) => Math.abs(start + index - offset);
  const names = words
    .sort((one, other) => distance(one) - distance(other))
    .map(([name]) => name)
    .filter((name) => name.length >= 3 && (looksLikeMacro(name) || defined.has(name)) && !isStandardValue(name));
  return [...new Set(names)].slice(0, mostNames);
}

function looksLikeMacro(name: string): boolean {
  return /^_*[A-Z][A-Z0-9_]+$|_[A-Z]{2,}|^__|^Q_/.test(name);
}

const words = { nothing: '', type: 'int', value: '0', word: '' };
type Reading = keyof typeof words;

/** Every use of a macro with its arguments as something else; as a word, its arguments stay. */
function replaced(code: string, name: string, reading: Reading): string {
  const parts: string[] = [];
  let end = 0;
  for (const { index } of code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))) {
    if (index < end) continue;
    parts.push(code.slice(end, index));
    end = index + name.length;
    if (reading !== 'word') end = endOfArguments(code, end);
    const use = code.slice(index, end);
    parts.push(words[reading] + blank(use.slice(words[reading].length)));
  }
  return parts.join('') + code.slice(end);
}

const longestArguments = 1_000;

/** After the arguments in parentheses that begin here, if they do. */
function endOfArguments(code: string, start: number): number {
  const [opening] = /^\s*\(/.exec(code.slice(start, start + 10)) ?? [];
  if (opening === undefined) return start;
  let depth = 1;
  for (let at = start + opening.length; at < Math.min(code.length, start + longestArguments); at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return start;
}
