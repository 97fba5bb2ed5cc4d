import { InvalidArgumentError } from '@ai-sdk/provider';
import { base64Url } from '../../trace/base64.ts';
import type { Decision } from '../../trace/decision.ts';
import type { Escalation } from '../../trace/escalation.ts';
import { sha256 } from '../../trace/sha256.ts';

/**
 * A secret of at least 16 characters, or two during rotation: links are signed with `current` and accepted with either.
 */
export type LinkSecret = string | { readonly current: string; readonly next?: string };

/** What a link allows. */
export interface LinkGrant {
  readonly id: string;
  readonly scope: string;
  /** Of the answer that was shown. */
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly decisions: readonly Decision['type'][];
  /** Whom the link was sent to. */
  readonly by: string | undefined;
}

const version = 'sr-link-1';
const encoder = new TextEncoder();

const minSecretLength = 16;

/** The longest token that an address holds everywhere. */
export const maxTokenLength = 4096;

/** @throws InvalidArgumentError for a secret that is none, or that can be guessed. */
export function requireSecret(secret: LinkSecret): void {
  const isGood = (text: unknown) => typeof text === 'string' && text.trim().length >= minSecretLength;
  if (secretsOf(secret).every(isGood)) return;
  const message = `secret must be of at least ${minSecretLength} characters, or { current, next } of such: run openssl rand -base64 32.`;
  throw new InvalidArgumentError({ argument: 'secret', message });
}

/** A token that carries its grant, signed: no two grants have one text, since it is a JSON array. */
export async function signGrant(grant: LinkGrant, secret: LinkSecret): Promise<string> {
  const { id, scope, digest, expiresAt, decisions, by } = grant;
  const payload = encoder.encode(JSON.stringify([version, id, scope, digest, expiresAt, decisions, by ?? null]));
  const key = await keyOf(typeof secret === 'string' ? secret : secret.current);
  const signature = await crypto.subtle.sign('HMAC', key, payload);
  return `${base64Url(payload)}.${base64Url(new Uint8Array(signature))}`;
}

/** The grant of a token, `undefined` when we did not sign it. */
export async function verifyGrant(token: string, secret: LinkSecret): Promise<LinkGrant | undefined> {
  const [payload, signature, ...rest] = token.split('.').map(fromBase64Url);
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
  for (const text of secretsOf(secret)) {
    if (await crypto.subtle.verify('HMAC', await keyOf(text), signature, payload)) return readGrant(payload);
  }
  return undefined;
}

/** What tells one answer from another. */
export async function answerDigest({ proposal }: Pick<Escalation, 'proposal'>): Promise<string> {
  return base64Url(await sha256(encoder.encode(proposal)));
}

function secretsOf(secret: LinkSecret): readonly string[] {
  if (typeof secret !== 'object' || secret === null) return [secret];
  return secret.next === undefined ? [secret.current] : [secret.current, secret.next];
}

function keyOf(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign', 'verify']);
}

/** Signed by us, so that its members are what we wrote; another version is no grant. */
function readGrant(payload: Uint8Array): LinkGrant | undefined {
  const [written, id, scope, digest, expiresAt, decisions, by] = JSON.parse(new TextDecoder().decode(payload));
  return written === version ? { id, scope, digest, expiresAt, decisions, by: by ?? undefined } : undefined;
}

/** Only the one text that `base64Url` gives for the bytes: others would be tokens that differ and mean the same. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return base64Url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
