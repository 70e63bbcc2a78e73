// Packets of a split pot: a pure function of the campaign's lucky key, the offer, and what the
// packets before left over. They go out in order, so that the next one takes one block of the key
// stream, and neither a list of a million packets nor the time to make it is ever needed.
import { assert } from "../../base/assert.ts";
import { utf8 } from "../../base/bytes.ts";
import { sha256 } from "../../base/hash.ts";
import { chachaBlock } from "../../base/keystream.ts";
import type { PotReward } from "../definition.ts";

/** Two words of the key stream make a whole number below 2^53. */
const HIGH_BITS = 0x1fffff;
const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

const BLOCK = new Uint32Array(16);
const NONCE = new Uint32Array(3);

/** The first 96 bits of SHA-256("hongbao/pot/1" ‖ offer ordinal, four bytes, low one first). */
export function potNonce(offer: number): Uint32Array {
  const ordinal = new Uint8Array(4);
  new DataView(ordinal.buffer).setUint32(0, offer, true);
  const digest = sha256(utf8("hongbao/pot/1"), ordinal);
  const view = new DataView(digest.buffer, digest.byteOffset);
  return Uint32Array.from([0, 4, 8], (at) => view.getUint32(at, true));
}

/**
 * The amount of packet number `packet`, counted from 0. With R left over in r packets, let s be 2 R
 * / r rounded down: the packet is uniform between max(min, s - max) and min(max, s - min), so that
 * in every place it is R / r on average, and the last packet is all that is left. Whatever it is,
 * what follows can keep minimum and maximum.
 *
 * @param key eight words
 * @param leftMinor what is left for this packet and those after it
 */
export function drawPacket(
  key: Uint32Array,
  nonce: Uint32Array,
  pot: PotReward,
  packet: number,
  leftMinor: number,
): number {
  const packets = pot.packets - packet;
  assert(packets >= 1, "expected a packet of the pot");
  if (packets === 1) return leftMinor;
  const twice = twiceMean(leftMinor, packets);
  const least = Math.max(pot.minMinor, twice - pot.maxMinor);
  const most = Math.min(pot.maxMinor, twice - pot.minMinor);
  return least + drawBelow(key, nonce, packet, most - least + 1);
}

/** 2 R / r rounded down, exact also where 2 R is beyond 2^53. */
function twiceMean(leftMinor: number, packets: number): number {
  const rest = leftMinor % packets;
  const mean = (leftMinor - rest) / packets;
  return 2 * mean + (2 * rest >= packets ? 1 : 0);
}

/** Uniform in 0 … span - 1, from block `counter`: the first pair of words without bias decides. */
export function drawBelow(
  key: Uint32Array,
  nonce: Uint32Array,
  counter: number,
  span: number,
): number {
  const limit = TWO_53 - (TWO_53 % span);
  NONCE.set(nonce);
  // At the worst every second pair is rejected: a block is not enough once in 256 times.
  for (let blocks = 0; blocks < 64; blocks++) {
    chachaBlock(key, NONCE, counter, BLOCK);
    for (let i = 0; i < 16; i += 2) {
      const number = (BLOCK[i]! & HIGH_BITS) * TWO_32 + BLOCK[i + 1]!;
      if (number < limit) return number % span;
    }
    NONCE[2] = NONCE[2]! + 1;
  }
  assert(false, "expected one accepted pair in 512");
}
