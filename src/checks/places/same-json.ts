/** Whether two JSON values say the same; looks no deeper than the first of them goes. */
export function sameJson(wanted: unknown, given: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === given;
  if (typeof given !== 'object' || given === null || Array.isArray(wanted) !== Array.isArray(given)) return false;
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(given).length &&
    names.every(
      (name) =>
        Object.hasOwn(given, name) &&
        sameJson((wanted as Record<string, unknown>)[name], (given as Record<string, unknown>)[name]),
    )
  );
}
