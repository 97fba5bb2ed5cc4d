import { watchedFetch } from './connection.ts';

/** A request that the server answered with an error. */
export class ResponseError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server answered with ${status}.`);
    this.status = status;
  }
}

/** Reads JSON from this app's own routes. */
export async function readJson<RESULT>(url: string): Promise<RESULT> {
  const response = await watchedFetch(url);
  if (!response.ok) throw new ResponseError(response.status);
  return await response.json();
}
