// Cryptographic hashes that run anywhere (a browser can check a receipt), from @noble/hashes.
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8 } from "./bytes.ts";

/** SHA-256 of the parts one after the other, 32 bytes. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  return nobleSha256(parts.length === 1 ? parts[0]! : concatBytes(...parts));
}

/** HMAC-SHA-256, 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(nobleSha256, key, message);
}

/** HKDF-SHA-256 (RFC 5869) of a secret for one named purpose, salted where there is a salt. */
export function deriveKey(
  secret: Uint8Array,
  purpose: string,
  bytes = 32,
  salt?: Uint8Array,
): Uint8Array {
  return hkdf(nobleSha256, secret, salt, utf8(purpose), bytes);
}
