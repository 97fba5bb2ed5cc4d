/** The stream that was passed through failed, and its reader knows. */
export class RelayFailed extends Error {
  override readonly name = 'RelayFailed';
}
