// Cryptographic hashes that run anywhere (a browser can check a receipt), from @noble/hashes.
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { assert } from "./assert.ts";
import { concatBytes, utf8 } from "./bytes.ts";

/** SHA-256 of the parts one after the other, 32 bytes. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  return nobleSha256(parts.length === 1 ? parts[0]! : concatBytes(...parts));
}

const BLOCK_BYTES = 64;

/** HMAC-SHA-256 (RFC 2104) with one key of at most 64 bytes, by the hash that is passed in. */
export function hmacBy(
  sha256: (...parts: Uint8Array[]) => Uint8Array,
  key: Uint8Array,
): (message: Uint8Array) => Uint8Array {
  assert(key.length <= BLOCK_BYTES, `a key of at most 64 bytes expected, got ${key.length}`);
  const inner = new Uint8Array(BLOCK_BYTES).fill(0x36);
  const outer = new Uint8Array(BLOCK_BYTES).fill(0x5c);
  key.forEach((byte, at) => {
    inner[at]! ^= byte;
    outer[at]! ^= byte;
  });
  return (message) => sha256(outer, sha256(inner, message));
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
