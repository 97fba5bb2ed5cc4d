import type { Steps } from '../effects/in-turns.ts';
import type { Parsed } from './parse.ts';
import type { StandingValues } from './standing.ts';
import { saysNoAnswer } from './wrapper.ts';

/** The values but for those inside an element whose tag says that what it holds is no answer. */
export function* withoutExamples(text: string, standing: StandingValues): Steps<StandingValues> {
  const answers = new Set<Parsed>();
  const tags = text.matchAll(tag);
  let passed = 0;
  let next = tags.next();
  /** The element that is open, and how many of its name are. */
  let name = '';
  let open = 0;
  const inOrder = [...standing.values, ...standing.others].sort((one, other) => one.root.start - other.root.start);
  for (const parsed of inOrder) {
    for (; !next.done && next.value.index < parsed.root.start; next = tags.next()) {
      passed += 1;
      if (passed % tagsInAStep === 0) yield;
      const [whole, slash, written = ''] = next.value;
      if (whole.endsWith('/>')) continue;
      const isFirst = open === 0 && slash === '' && saysNoAnswer(written);
      if (isFirst) name = written.toLowerCase();
      if (isFirst || written.toLowerCase() === name) open = Math.max(0, open + (slash === '' ? 1 : -1));
    }
    // Tags inside a value are none.
    while (!next.done && next.value.index < parsed.root.end) next = tags.next();
    if (open === 0) answers.add(parsed);
  }
  const among = (values: readonly Parsed[]) => values.filter((parsed) => answers.has(parsed));
  return { ...standing, values: among(standing.values), others: among(standing.others) };
}

const tag = /<(\/?)([\w:.-]{1,64})(?:\s[^<>]{0,200})?>/g;

/** How many tags are looked at between two steps. */
const tagsInAStep = 4096;
