import { createHash, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { cookies } from 'next/headers';
import { appUrl } from './addresses.ts';

const cookieName = 'session';
const hours = 12;

/** The passphrase of the team; while the app is developed there is a default, which the page of the inbox shows. */
export const passphrase = process.env.INBOX_PASSPHRASE ?? (isDevelopment() ? 'let-me-in' : undefined);

export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development';
}

/** The name of whoever is signed in. */
export async function signedIn(): Promise<string | undefined> {
  const token = (await cookies()).get(cookieName)?.value;
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, signingKey(), { algorithms: ['HS256'] });
    return payload.sub;
  } catch {
    return undefined;
  }
}

/** Signs in whoever knows the passphrase; `false` for others. */
export async function signIn(name: string, given: string): Promise<boolean> {
  if (passphrase === undefined || !isEqual(given, passphrase)) return false;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setExpirationTime(`${hours}h`)
    .sign(signingKey());
  const secure = appUrl().startsWith('https:');
  (await cookies()).set(cookieName, token, { httpOnly: true, sameSite: 'lax', secure, maxAge: hours * 3600 });
  return true;
}

export async function signOut(): Promise<void> {
  (await cookies()).delete(cookieName);
}

/** Answers the team alone, as JSON; what is not there is a 404. */
export async function forTheTeam(read: () => Promise<unknown>): Promise<Response> {
  if ((await signedIn()) === undefined) return Response.json({ error: 'Sign in first.' }, { status: 403 });
  const found = await read();
  if (found === undefined) return Response.json({ error: 'There is no such thing.' }, { status: 404 });
  return Response.json(found, { headers: { 'cache-control': 'no-store' } });
}

function signingKey(): Uint8Array {
  const secret = process.env.INBOX_SECRET;
  if (!secret) throw new Error('Set INBOX_SECRET to at least 32 random bytes.');
  return new TextEncoder().encode(secret);
}

/** In a time that does not depend on where they differ. */
function isEqual(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
