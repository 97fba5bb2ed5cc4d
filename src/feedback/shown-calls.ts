/** By this a lent call that was shown to the caller is known when it comes back in a prompt. */
export const shownPrefix = 'lent-';

/** Whether it is a lent call that was shown, or what came of it; no provider knows those. */
export function isShown(part: object): boolean {
  return 'toolCallId' in part && String(part.toolCallId).startsWith(shownPrefix);
}
