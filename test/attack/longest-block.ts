/**
 * The longest that a run keeps the event loop from turning, in milliseconds of the thread's own processor time: what other
 * processes take of a busy machine does not count.
 */
export async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = spentMs();
  let isOver = false;
  const turn = () => {
    const now = spentMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await run();
  await new Promise<void>((resolve) => setImmediate(resolve));
  isOver = true;
  await new Promise<void>((resolve) => setImmediate(resolve));
  return longest;
}

/** What nobody may make of a megabyte: five times what is promised, for machines that are slow or busy. */
const mostMs = 500;

/** What is said of a block that is too long; `undefined` for one that is not. */
export function tooLong(ms: number): string | undefined {
  return ms > mostMs ? `blocked the event loop for ${Math.round(ms)} ms` : undefined;
}

/** Cast: Node 24 has it, and the types here do not. */
const thread = process as unknown as { threadCpuUsage(): { user: number; system: number } };

function spentMs(): number {
  const { user, system } = thread.threadCpuUsage();
  return (user + system) / 1000;
}
