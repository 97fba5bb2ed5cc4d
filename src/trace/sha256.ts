interface NodeCrypto {
  createHash(algorithm: 'sha256'): { update(bytes: Uint8Array): { digest(): Uint8Array<ArrayBuffer> } };
}

interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (id: string) => NodeCrypto | undefined };
}

/**
 * Node, Bun and Deno hash a few kilobytes in microseconds, on this thread; WebCrypto hands them to another one, which is most
 * of what a cache hit takes. Asked for at run time, so that nothing is imported where there is no such module.
 */
const nodeCrypto = builtIn();

/** The SHA-256 digest, 32 bytes. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (nodeCrypto !== undefined) return nodeCrypto.createHash('sha256').update(bytes).digest();
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function builtIn(): NodeCrypto | undefined {
  try {
    return (globalThis as Runtime).process?.getBuiltinModule?.('node:crypto');
  } catch {
    return undefined; // the edge runtime of Next.js has the function, and it throws
  }
}
