import type { SchemaNode } from '../../incremental/schema/schema-node.ts';
import { parseJson } from '../../trace/parse-json.ts';
import { deepestName, longestItem } from '../limits.ts';
import { constantsOf } from './scalar-readings.ts';
import { isMemberOf, schemasOfItem } from './schemas-inside.ts';

/**
 * Whether a value can be the one item where a list is wanted: no text that may be a list itself or says that there is
 * none, or may be a number, no object of which the schema names nothing, which may as well say something else, and no `null`.
 */
export function mayBeOnly(value: unknown, list: SchemaNode): boolean {
  const items = schemasOfItem(list, 0);
  if (typeof value === 'string' && mayBeScalar(value, items)) return false;
  if (typeof value === 'string') return !mayBeList(value) || items.some((item) => constantsOf(item).includes(value));
  if (typeof value !== 'object') return true;
  return Array.isArray(value) ? value.length > 0 : value !== null && items.some((item) => isNamed(value, item));
}

/** Whether an item may also be the number or literal that a text says. */
function mayBeScalar(text: string, items: readonly SchemaNode[]): boolean {
  const parsed = /^\s*["[{]/.test(text) ? undefined : parseJson(text);
  return parsed !== undefined && items.some((item) => item.isValid(parsed.value));
}

/** Whether the schema names a member of an object, or of one in a list of such, so that it is told from any other. */
export function isNamed(value: unknown, schema: SchemaNode, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > deepestName) return false;
  if (schema.combinators.some(({ branches }) => branches.some((branch) => isNamed(value, branch, depth + 1))))
    return true;
  if (!Array.isArray(value)) return Object.keys(value).some((name) => isMemberOf(schema, name));
  return value.some((item, index) => schemasOfItem(schema, index).some((judge) => isNamed(item, judge, depth + 1)));
}

function mayBeList(text: string): boolean {
  return text.length > longestItem || joint.test(text) || opening.test(text) || nothing.test(text);
}

/** Signs that part two things, and words that join them in languages that many people write. */
const joint =
  /[,;|]|[^\P{Po}!-~]|[←-⇿]|<br\b|\s{2}|[\n\r\t]|\s(?:[/+&*–—=-]+>?|and|or|plus|und|oder|et|ou|y|e|o|i|och|en|ve|ja|ir|și|dan|và|és|και|и|или)\s|(?<![\p{L}./:])\p{L}+\/\p{L}+(?![\w./:])|[#@]\S{1,40}\s[#@]|[和与及或と]/iu;
const opening = /^\s*(?:["'`“‘«[({<]|[-*]\s|\d+[.)]\s)/;
/** What says that there is no item, at the beginning of a text or instead of one, in languages that many people write. */
const nothing =
  /^\P{L}*(?:(?:null|none|nil|undefined|nothing|empty|not?|n\W?a|keine?[nrs]?|nichts|aucune?|rien|ningun[oa]|ningún|nada|nessun[oa]?|niente|nenhuma?|geen|niets|ingen|нет|ничего|没有|無し|なし|없음)(?!\p{L})|[无無]$|$(?<!\p{N}.*))/iu;
