import { cut } from '../../feedback/excerpt.ts';
import type { IssueKind, IssuePath } from '../../trace/issue.ts';
import type { Check, FoundIssue } from '../check.ts';
import { blocksOf } from '../code/blocks.ts';
import type { CodeError } from '../code/code-error.ts';
import { fencesOf } from '../code/fences.ts';
import { excerptAt, positionAt } from '../code/position.ts';
import { eachParsed } from '../places/each-parsed.ts';
import type { Place } from '../places/place.ts';
import { type SqlDialect, titleOf } from './dialect.ts';
import type { ParseSql, StatementFacts } from './facts.ts';
import { longestSql } from './load-parser.ts';
import { saysMore } from './says-more.ts';

/** A check of SQL: where the statements are, and what is asked of them. */
export interface SqlJudging {
  readonly name: string;
  readonly path: Place | undefined;
  readonly dialect: SqlDialect;
  readonly load: () => Promise<ParseSql>;
  /** Whether the answer will be run, so that what stands outside its fences counts when it can be run. */
  readonly isExecuted: boolean;
  /** Looks at the text before it is parsed. */
  readonly before: (sql: string) => CodeError | undefined;
  readonly judge: (statements: readonly StatementFacts[]) => readonly Finding[];
}

/** What the model is to change, and where. */
export interface Finding {
  readonly message: string;
  readonly offset: number;
  readonly suggestion?: string;
}

const labels = ['sql', 'pgsql', 'postgres', 'postgresql', 'mysql', 'sqlite', 'plpgsql'];
/** The longest answer in which code blocks are looked for, in UTF-16 units. */
const longestText = 4 * longestSql;
const mostFindings = 10;
const mostBlocks = 20;
/** Parsers quote what they could not read. */
const longestMessage = 2_000;

export function judgeSql({ name, path: place, dialect, load, isExecuted, before, judge }: SqlJudging): Check {
  let loading: Promise<ParseSql> | undefined;
  const judgeText = async (sql: string, path: IssuePath, parse: ParseSql): Promise<FoundIssue[]> => {
    const issueOf = issueIn(sql, path);
    const strange = before(sql);
    if (strange !== undefined) return [issueOf({ ...strange, message: sentence(strange.message) }, 'content')];
    const parsed = await parse(sql);
    if (parsed.type === 'error') {
      const { message, offset } = parsed.error;
      return [issueOf({ message: `Correct the ${titleOf(dialect)} statement: ${message}`, offset }, 'syntax')];
    }
    return judge(parsed.statements)
      .slice(0, mostFindings)
      .map((finding) => issueOf(finding, 'content'));
  };
  return {
    name,
    ...eachParsed(place, async (text, path) => {
      if (typeof text !== 'string')
        return [{ message: 'Put the SQL statement there, as a string.', path, kind: 'syntax' }];
      if (text.length > longestText)
        return [{ message: `Shorten the answer to at most ${longestText} characters.`, path, kind: 'syntax' }];
      if (text.trim() === '') return [{ message: 'Answer with a SQL statement: there is none.', path, kind: 'empty' }];
      loading ??= load();
      const parse = await loading;
      const blocks = blocksOf(text, { labels }).filter((block) => block.trim() !== '');
      if (blocks.length === 0) return await judgeText(text, path, parse);
      const wrong = (message: string) => [{ message, path }];
      if (blocks.length > mostBlocks) return wrong(`Answer with at most ${mostBlocks} code blocks.`);
      // Whoever runs the answer may take the first block, whatever its label.
      if (isExecuted && fencesOf(text).filter(({ code }) => code.trim() !== '').length > 1)
        return wrong('Answer with one SQL statement, in one code block.');
      if (isExecuted && (await saysMore(text, parse))) return wrong('Write the statement in the code block alone.');
      const issues: FoundIssue[] = [];
      for (const block of blocks) issues.push(...(await judgeText(block, path, parse)));
      return issues;
    }),
  };
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

function issueIn(sql: string, path: IssuePath) {
  return ({ message, offset, suggestion }: Finding, kind: IssueKind): FoundIssue => {
    const { line, column } = positionAt(sql, offset);
    const excerpt = excerptAt(sql, offset);
    const near = excerpt === '' ? '' : `, near \`${excerpt}\``;
    return {
      message: `${cut(message, longestMessage)} (line ${line}, column ${column}${near}).`,
      path,
      kind,
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  };
}
