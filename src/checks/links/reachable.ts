/** How links are requested. */
export interface Reaching {
  /** How long each request may take, in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
  /** Makes the requests, for example through a proxy. @default the global fetch */
  readonly fetch?: typeof fetch;
}

/**
 * Whether a page may be there: false only where its server says that it is not, or where there is no server of the name. What
 * a model wrote is never requested from the machine itself or a private network by its address.
 */
export async function isReachable(
  link: string,
  { timeoutMs = 5000, fetch: request = fetch }: Reaching,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { protocol, hostname } = new URL(link);
  if (!/^https?:$/.test(protocol)) return true;
  if (isPrivate(hostname)) return false;
  const deadline = AbortSignal.timeout(timeoutMs);
  const limits = {
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    redirect: 'manual' as const,
  };
  try {
    const { status } = await request(link, { method: 'HEAD', ...limits });
    if (!refusesHead.has(status)) return !isGone(status);
    const response = await request(link, { method: 'GET', ...limits });
    await response.body?.cancel();
    return !isGone(response.status);
  } catch (error) {
    signal?.throwIfAborted();
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    return name === 'TimeoutError' || cause?.code !== 'ENOTFOUND';
  }
}

const refusesHead = new Set([403, 404, 405, 501]);

function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

/**
 * Addresses, and names that only mean something in a private network.
 *
 * @see https://www.iana.org/assignments/special-use-domain-names
 */
function isPrivate(hostname: string): boolean {
  // A name may end with the dot of the root.
  const name = hostname.toLowerCase().replace(/\.+$/, '');
  if (name.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return true;
  return !name.includes('.') || privateNames.test(name);
}

const privateNames = /\.(?:localhost|local|internal|intranet|private|corp|home|home\.arpa|lan|svc|test|invalid|onion)$/;
