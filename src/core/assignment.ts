// Who is held out: a hash of (salt, pseudonym) against nested thresholds, so that a larger share
// moves nobody back into treatment. Anyone who has the journal can recompute every arm.

import { assert } from "../base/assert.ts";
import { fromHex } from "../base/bytes.ts";
import { KeyedHash } from "../base/keyed-hash.ts";

const HASH = new Uint32Array(4);
const SALTED = new Map<string, KeyedHash>();

/**
 * The arm of a user: 0 = holdout, 1 … = variants.
 * @param salt 16 bytes in hex
 * @param shares of the variants among the treated, adding up to 1
 */
export function armOf(
  salt: string,
  holdoutShare: number,
  shares: readonly number[],
  userKey: Uint32Array,
  at: number,
): number {
  saltedHash(salt).hashWords(userKey, at, 4, HASH);
  if (HASH[0]! < holdoutShare * 2 ** 32) return 0;
  const point = HASH[1]! / 2 ** 32;
  let below = 0;
  for (let variant = 0; variant < shares.length - 1; variant++) {
    below += shares[variant]!;
    if (point < below) return variant + 1;
  }
  return Math.max(1, shares.length);
}

function saltedHash(salt: string): KeyedHash {
  let hash = SALTED.get(salt);
  if (hash === undefined) {
    const key = fromHex(salt);
    assert(key !== null && key.length === 16, "expected a salt of 16 bytes in hex");
    if (SALTED.size > 10_000) SALTED.clear();
    hash = new KeyedHash(key);
    SALTED.set(salt, hash);
  }
  return hash;
}
