/**
 * The beginning of every key whose entry must outlive pressure: what a person still has to decide. A store that evicts
 * (`memoryStore`) keeps these until they expire or are deleted, and every member of an index with them.
 */
export const durablePrefix = 'sr:esc:';

export function isDurable(key: string): boolean {
  return key.startsWith(durablePrefix);
}
