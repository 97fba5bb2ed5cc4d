export interface Stack<ENTRY> {
  readonly length: number;
  at(index: number): ENTRY | undefined;
  push(entry: ENTRY): void;
  from(index: number): ENTRY[];
  takeFrom(index: number): ENTRY[];
}

/** A stack that keeps its room: an array gives it back when it shrinks. */
export function stack<ENTRY>(): Stack<ENTRY> {
  const entries: ENTRY[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => entries[index],
    push(entry) {
      entries[length] = entry;
      length += 1;
    },
    from: (index) => entries.slice(index, length),
    takeFrom(index) {
      const taken = entries.slice(index, length);
      length = index;
      return taken;
    },
  };
}
