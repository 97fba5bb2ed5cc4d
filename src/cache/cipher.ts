import { fromBase64, toBase64 } from '../trace/base64.ts';

/** A secret of at least 16 characters (for example 32 random bytes in base64), or an AES-GCM `CryptoKey`. */
export type EncryptionKey = string | CryptoKey;

/** One key, or two during key rotation: entries are written with `current` and read with either. */
export type EncryptOptions =
  | { readonly key: EncryptionKey }
  | { readonly current: EncryptionKey; readonly previous: EncryptionKey };

/** Encrypts texts and binds each to a place: it can be read only there, with one of the keys. */
export interface Cipher {
  seal(text: string, place: string): Promise<string>;
  /** `undefined` for a text that was not sealed for this place with one of the keys. */
  open(sealed: string, place: string): Promise<string | undefined>;
}

const mark = 'aes1.';
const ivLength = 12;

export function createCipher(options: EncryptOptions): Cipher {
  const writing = once('key' in options ? options.key : options.current);
  const reading = 'key' in options ? [writing] : [writing, once(options.previous)];

  return {
    async seal(text, place) {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const sealed = await crypto.subtle.encrypt(algorithm(iv, place), await writing(), new TextEncoder().encode(text));
      return `${mark}${toBase64(iv)}${toBase64(new Uint8Array(sealed))}`;
    },

    async open(sealed, place) {
      if (!sealed.startsWith(mark)) return undefined;
      for (const key of reading) {
        try {
          const iv = fromBase64(sealed.slice(mark.length, mark.length + 16));
          const bytes = fromBase64(sealed.slice(mark.length + 16));
          const opened = await crypto.subtle.decrypt(algorithm(iv, place), await key(), bytes);
          return new TextDecoder().decode(opened);
        } catch {
          // Not this key's, or changed since.
        }
      }
      return undefined;
    },
  };
}

/** Imports a key when it is first used. */
function once(key: EncryptionKey): () => Promise<CryptoKey> {
  let imported: Promise<CryptoKey> | undefined;
  return () => {
    imported ??= toCryptoKey(key);
    return imported;
  };
}

function algorithm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) };
}

/** A secret becomes a key by HKDF (RFC 5869): https://www.w3.org/TR/webcrypto-2/#hkdf */
async function toCryptoKey(key: EncryptionKey): Promise<CryptoKey> {
  if (typeof key !== 'string') return key;
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('ai-staged-retry cache');
  return await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
