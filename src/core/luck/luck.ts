// Lucky amounts: a pure function of the committed seed, the offer, the user and how often the user
// drew before. They depend on no order and no clock, so nobody gains by timing, and anyone who has
// the revealed seed can recompute each one alone.
import { assert } from "../../base/assert.ts";
import { fromHex } from "../../base/bytes.ts";
import { deriveKey, sha256 } from "../../base/hash.ts";
import { chachaBlock, keyWords } from "../../base/keystream.ts";
import type { TableEntry } from "../definition.ts";

const TWO_32 = 2 ** 32;

/**
 * The eight words that draws are made with: HKDF of the committed seed, salted with the value of a
 * public round that was still to come when the seed was committed.
 *
 * @param randomness of the round, in hex; null where no beacon takes part
 */
export function workingKey(seed: Uint8Array, randomness: string | null): Uint32Array {
  const salt = randomness === null ? undefined : fromHex(randomness)!;
  return keyWords(deriveKey(seed, "hongbao/luck/1", 32, salt));
}

/**
 * Draws an amount from a table. Block = ChaCha20(key, nonce = first 96 bits of SHA-256(offer
 * ordinal ‖ pseudonym), counter = draws so far); its words are tried in order, those above the
 * largest multiple of the odds' sum are rejected, so that there is no modulo bias.
 *
 * @param key eight words
 * @param userKey the user's pseudonym in userKey[at .. at + 3]
 * @param drawsBefore how many draws of this offer the user ever made
 */
export function drawAmount(
  key: Uint32Array,
  offer: number,
  userKey: Uint32Array,
  at: number,
  drawsBefore: number,
  entries: readonly TableEntry[],
): number {
  let sum = 0;
  for (const entry of entries) sum += entry.odds;
  assert(sum > 0 && sum <= TWO_32, "expected odds of 1 to 2^32 in sum");
  const limit = TWO_32 - (TWO_32 % sum);
  writeNonce(offer, userKey, at);
  chachaBlock(key, NONCE, drawsBefore, BLOCK);
  // Sixteen words all rejected: chance below 2^-16 for the worst sum; then the nonce's last word
  // counts on, which keeps the draw a function of the same four inputs.
  for (let tries = 0; tries < 64; tries++) {
    for (let i = 0; i < 16; i++) {
      const word = BLOCK[i]!;
      if (word < limit) return pick(entries, word % sum);
    }
    NONCE[2] = NONCE[2]! + 1;
    chachaBlock(key, NONCE, drawsBefore, BLOCK);
  }
  assert(false, "expected one accepted word in 1,024");
}

const BLOCK = new Uint32Array(16);
const NONCE = new Uint32Array(3);
const NONCE_INPUT = new Uint8Array(20);

function writeNonce(offer: number, userKey: Uint32Array, at: number): void {
  const input = new DataView(NONCE_INPUT.buffer);
  input.setUint32(0, offer, true);
  for (let i = 0; i < 4; i++) input.setUint32(4 + 4 * i, userKey[at + i]!, true);
  const digest = sha256(NONCE_INPUT);
  const view = new DataView(digest.buffer, digest.byteOffset);
  for (let i = 0; i < 3; i++) NONCE[i] = view.getUint32(4 * i, true);
}

function pick(entries: readonly TableEntry[], draw: number): number {
  let below = 0;
  for (const entry of entries) {
    below += entry.odds;
    if (draw < below) return entry.amountMinor;
  }
  assert(false, `draw ${draw} is not below the sum of the odds`);
}
