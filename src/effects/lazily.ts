/**
 * A module that loads when it is first used. From then on it is there at once: importing it anew would cost each run some
 * microseconds, although it is loaded. After a failure it loads again.
 */
export function lazily<MODULE>(load: () => Promise<MODULE>): () => MODULE | Promise<MODULE> {
  let loaded: MODULE | undefined;
  return () => loaded ?? load().then((module) => (loaded = module));
}
