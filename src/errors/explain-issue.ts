import { cut } from '../feedback/excerpt.ts';
import type { Issue, IssuePath } from '../trace/issue.ts';
import { jsonPointer } from '../trace/json-pointer.ts';
import { maskingOf, type Said } from '../trace/masked.ts';

/** Says what checks found, without the words of the run. */
export interface Explaining {
  /** An issue with its place, cut. */
  finding(issue: Issue): string;
  path(path: IssuePath): string;
}

const longestIssue = 200;

export function explaining(said: Said): Explaining {
  const masked = maskingOf(said);
  const path = (path: IssuePath) => cut(jsonPointer(path.map((key) => masked(String(key), path))), longestIssue);
  return {
    path,
    finding({ path: place, message }) {
      // One line, without what moves a terminal's cursor or cannot be seen; twice what is shown, as looking for words in a long message takes time.
      const opening = cut(isOneLine.test(message) ? message : oneLine(message), 2 * longestIssue);
      const told = cut(masked(opening, place), longestIssue).replace(/\.$/, '');
      return place.length === 0 ? told : `${path(place)}: ${told}`;
    },
  };
}

/** Printable ASCII, its words parted by one space. */
const isOneLine = /^[!-~]+(?: [!-~]+)*$/;

function oneLine(message: string): string {
  return message.replaceAll(/(?! \S)[\s\p{Cc}]+/gu, ' ').replaceAll(/\p{Cf}+/gu, '');
}

/** An issue with its place and its check. */
export function explainIssue(issue: Issue, explained: Explaining): string {
  return `${explained.finding(issue)} (${issue.check})`;
}
