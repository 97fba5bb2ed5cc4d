import { InvalidArgumentError } from '@ai-sdk/provider';

/** A dialect of SQL that has a parser here. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite';

const titles: Readonly<Record<SqlDialect, string>> = { postgresql: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite' };

export function titleOf(dialect: SqlDialect): string {
  return titles[dialect];
}

/** @throws InvalidArgumentError for a dialect that is not known. */
export function toDialect(name: string): SqlDialect {
  const dialect = name === 'postgres' ? 'postgresql' : name;
  if (Object.hasOwn(titles, dialect)) return dialect as SqlDialect; // a key of `titles`
  const list = Object.keys(titles).join(', ');
  throw new InvalidArgumentError({
    argument: 'dialect',
    message: `The dialect must be one of ${list}; "${name}" is none.`,
  });
}

/** A name as the database compares it; columns and functions of all three ignore the case that was not kept on purpose. */
export function comparable(name: string, dialect: SqlDialect): string {
  return dialect === 'postgresql' ? name : inLowerCase(name);
}

/** MySQL's tables are files on most servers, whose names keep their case. */
export function comparableTable(name: string, dialect: SqlDialect): string {
  return dialect === 'sqlite' ? inLowerCase(name) : name;
}

/** To SQLite, letters other than those of ASCII have no case: the sign for Kelvin is no k. */
function inLowerCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The parts of a name with dots between them; a part that has a dot itself is quoted, so that it equals no two parts. */
export function dotted(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => (part.includes('.') ? `"${part}"` : part))
    .join('.');
}
