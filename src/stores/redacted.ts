import { errorCode } from '../errors/error-code.ts';
import { errorName } from '../errors/error-name.ts';

const redisCodes =
  /\b(?:BUSY|CLUSTERDOWN|CROSSSLOT|ERR|EXECABORT|LOADING|MASTERDOWN|MISCONF|MOVED|NOAUTH|NOPERM|NOREPLICAS|OOM|READONLY|TRYAGAIN|UNKILLABLE|WRONGPASS|WRONGTYPE)\b/;

/**
 * What may be told of a client's error: its name and its codes. Its message, stack and members are left behind, since
 * clients put the whole command there, prompts and answers with it.
 */
export function redacted(error: unknown): Error {
  const name = errorName(error) ?? 'Error';
  const code = errorCode(error) ?? redisCode(error);
  const safe = new Error(code === undefined ? name : `${name} ${code}`);
  safe.name = name;
  return Object.assign(safe, code === undefined ? {} : { code });
}

/** The first word of a Redis error. It comes before the command that the client appends. */
function redisCode(error: unknown): string | undefined {
  return error instanceof Error ? redisCodes.exec(error.message)?.[0] : undefined;
}
