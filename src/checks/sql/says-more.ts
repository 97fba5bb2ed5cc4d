import { fencesOf } from '../code/fences.ts';
import type { ParseSql } from './facts.ts';

/** How many semicolons before a fence are looked at; more are taken for SQL. */
const mostSemicolons = 20;

/**
 * Whether a server could run the answer as it is, or what stands around its code block: it may be given the whole text. MySQL and
 * SQLite take a fence for a quoted name, and run each statement before they read the next.
 */
export async function saysMore(text: string, parse: ParseSql): Promise<boolean> {
  const block = fencesOf(text).find(({ code }) => code.trim() !== '') ?? { start: 0, end: text.length };
  const before = text.slice(0, block.start);
  if (mayBeStatement(before, 'before') || mayBeStatement(text.slice(block.end), 'behind')) return true;
  const ends = [...before.matchAll(/;/g)].map(({ index }) => index);
  if (ends.length > mostSemicolons) return true;
  for (const end of [...ends, text.length]) {
    const parsed = await parse(text.slice(0, end));
    if (parsed.type === 'parsed' && parsed.statements.length > 0) return true;
  }
  return false;
}

/** Statements are not parsed here: a parser does not know them all. */
function mayBeStatement(text: string, side: 'before' | 'behind'): boolean {
  if (/\/\*|;\s*$/.test(text)) return true;
  // Nothing that a server knows ends so; a full stop could stand before a name.
  const isIntroduction = side === 'behind' || /:[*_]*\s*$/.test(text);
  return text.split(/\n[^\S\n]*\n/).some((paragraph) => {
    const start = beginsStatement.exec(paragraph)?.index;
    if (start === undefined) return false;
    return !isIntroduction || paragraph.includes(';', start) || !/[.:!?][)*_"'”]*\s*$/.test(paragraph);
  });
}

/** The words that statements of the three systems begin with, where a statement could begin. */
const beginsStatement = new RegExp(
  String.raw`(?:^|[\n;])[\s(]*(?:${`abort alter analy[sz]e attach begin binlog cache call change check checkpoint checksum clone close cluster
    comment commit copy create deallocate declare delete desc describe detach discard do drop end execute explain fetch flush get grant
    handler help import insert install kill listen load lock merge move notify open optimize pragma prepare purge reassign refresh
    reindex release rename repair replace reset resignal restart revoke rollback savepoint security select set show shutdown signal
    start stop table truncate uninstall unlisten unlock update use vacuum values with xa`
    .split(/\s+/)
    .join('|')})(?![\w:,-]|\.\s)`,
  'i',
);
