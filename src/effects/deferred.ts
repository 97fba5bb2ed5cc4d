/** A promise that other code settles. */
export interface Deferred<VALUE> {
  readonly promise: Promise<VALUE>;
  resolve(value: VALUE): void;
  reject(error: unknown): void;
}

export function deferred<VALUE>(): Deferred<VALUE> {
  let resolve: (value: VALUE) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<VALUE>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
