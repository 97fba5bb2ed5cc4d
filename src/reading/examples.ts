import type { Parsed } from './parse.ts';
import type { StandingValues } from './standing.ts';
import { saysNoAnswer } from './wrapper.ts';

/** The values but for those inside an element whose tag says that what it holds is no answer. */
export function withoutExamples(text: string, standing: StandingValues): StandingValues {
  const isAnswer = outsideExamples(text);
  const inOrder = [...standing.values, ...standing.others].sort((one, other) => one.root.start - other.root.start);
  const answers = new Set(inOrder.filter(isAnswer));
  const among = (values: readonly Parsed[]) => values.filter((parsed) => answers.has(parsed));
  return { ...standing, values: among(standing.values), others: among(standing.others) };
}

const tags = /<(\/?)([\w:.-]{1,64})(?:\s[^<>]{0,200})?>/g;

/** Tells of one value after the other, in their order, whether it stands in no such element; tags inside values are none. */
function outsideExamples(text: string): (parsed: Parsed) => boolean {
  const found = text.matchAll(tags);
  let next = found.next();
  /** The element that is open, and how many of its name are. */
  let name = '';
  let open = 0;
  return ({ root }) => {
    for (; !next.done && next.value.index < root.start; next = found.next()) {
      const [tag, slash, written = ''] = next.value;
      if (tag.endsWith('/>')) continue;
      if (open === 0 && slash === '' && saysNoAnswer(written)) name = written.toLowerCase();
      if (written.toLowerCase() === name) open = Math.max(0, open + (slash === '' ? 1 : -1));
    }
    while (!next.done && next.value.index < root.end) next = found.next();
    return open === 0;
  };
}
