/** The stream that went out failed, and its reader knows. */
export class RelayFailed extends Error {
  override readonly name = 'RelayFailed';
}
