/**
 * Why a pattern could take exponential time, or `undefined` when it cannot: an unbounded quantifier inside another
 * (`(a+)+`), or a back-reference.
 */
export function riskOf(source: string): string | undefined {
  const groups: { hasUnbounded: boolean }[] = [{ hasUnbounded: false }];
  let closed: { hasUnbounded: boolean } | undefined;
  for (let position = 0; position < source.length; ) {
    const atom = closed;
    closed = undefined;
    const quantifier = quantifierAt(source, position);
    if (quantifier !== undefined) {
      const group = groups[groups.length - 1];
      if (quantifier.isUnbounded && atom?.hasUnbounded) return 'it nests unbounded quantifiers';
      if (group && (quantifier.isUnbounded || atom?.hasUnbounded)) group.hasUnbounded = true;
      position += quantifier.length;
      continue;
    }
    const group = groups[groups.length - 1];
    if (group && atom?.hasUnbounded) group.hasUnbounded = true;
    switch (source[position]) {
      case '\\':
        if (/^(?:[1-9]|k<)/.test(source.slice(position + 1, position + 3))) return 'it has a back-reference';
        position += 2;
        break;
      case '[':
        position = classEnd(source, position);
        break;
      case '(':
        groups.push({ hasUnbounded: false });
        position += 1 + (/^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(source.slice(position + 1, position + 60))?.[0].length ?? 0);
        break;
      case ')':
        closed = groups.length > 1 ? groups.pop() : undefined;
        position++;
        break;
      default:
        position++;
    }
  }
  return undefined;
}

function quantifierAt(source: string, position: number): { isUnbounded: boolean; length: number } | undefined {
  const [text] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(position, position + 24)) ?? [];
  if (text === undefined) return undefined;
  return { isUnbounded: /^[*+]|,\}/.test(text), length: text.length };
}

function classEnd(source: string, start: number): number {
  for (let position = start + 1; position < source.length; position++) {
    if (source[position] === '\\') position++;
    else if (source[position] === ']') return position + 1;
  }
  return source.length;
}
