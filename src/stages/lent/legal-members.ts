/** Anthropic refuses a request for one member name of one tool: `^[a-zA-Z0-9_.-]{1,64}$`. */
const maxLength = 64;
const isLegal = /^[a-zA-Z0-9_.-]+$/;

export interface LegalMembers {
  legal(name: string): string;
  own(name: string): string;
}

/** New names for the members that need one, and the way back. */
export function legalMembers(names: readonly string[]): LegalMembers {
  const taken = new Set(names);
  const legal = new Map<string, string>();
  for (const name of names) {
    if (name.length <= maxLength && isLegal.test(name)) continue;
    const plain = name.replace(/[^a-zA-Z0-9_.-]/g, '_') || '_';
    let candidate = plain.slice(0, maxLength);
    for (let count = 2; taken.has(candidate); count += 1) {
      candidate = `${plain.slice(0, maxLength - String(count).length - 1)}_${count}`;
    }
    taken.add(candidate);
    legal.set(name, candidate);
  }
  const own = new Map([...legal].map(([name, legalName]) => [legalName, name]));
  return { legal: (name) => legal.get(name) ?? name, own: (name) => own.get(name) ?? name };
}

export function renamed(
  members: Readonly<Record<string, unknown>>,
  rename: (name: string) => string,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [rename(name), member]));
}
