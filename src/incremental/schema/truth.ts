/** Kleene's three values: `undefined` is what cannot be judged. */
export type Truth = boolean | undefined;

/** False if one of them is, true if both are. */
export function both(one: Truth, other: Truth): Truth {
  if (one === false || other === false) return false;
  return one === true ? other : undefined;
}

/** True if all are; stops at the first that is false. */
export function every<ITEM>(items: Iterable<ITEM>, truthOf: (item: ITEM) => Truth): Truth {
  let result: Truth = true;
  for (const item of items) {
    const truth = truthOf(item);
    if (truth === false) return false;
    if (truth === undefined) result = undefined;
  }
  return result;
}

/** True if one is; stops at the first. */
export function some<ITEM>(items: Iterable<ITEM>, truthOf: (item: ITEM) => Truth): Truth {
  let result: Truth = false;
  for (const item of items) {
    const truth = truthOf(item);
    if (truth) return true;
    if (truth === undefined) result = undefined;
  }
  return result;
}
