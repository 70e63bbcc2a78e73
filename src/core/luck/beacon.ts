// Rounds of a public beacon that luck waits for: one promised in the opening for the campaign's own
// luck, and one for each draw, promised when its entries closed. Their values come in as events.
import { assert } from "../../base/assert.ts";
import { toHex } from "../../base/bytes.ts";
import type { DrandValue } from "../../base/drand-signature.ts";
import { BEACON, EVENT_KINDS, type EventWriter, readWide } from "../event.ts";

/** What a round is for: the campaign's own luck, or a draw, by its ordinal. */
export const FOR_CAMPAIGN = 0;
export const forDraw = (draw: number): number => draw + 1;

export interface PromisedRound {
  purpose: number;
  round: number;
  /** In hex, 32 bytes; null until the value is in. */
  randomness: string | null;
}

export interface BeaconValue extends DrandValue {
  randomness: Uint8Array;
}

/** Writes the value of a promised round. */
export function writeBeacon(
  campaign: number,
  purpose: number,
  { round, randomness, signature, previousSignature }: BeaconValue,
  atMs: number,
  out: EventWriter,
): void {
  const size = BEACON.signatures + (signature.length + previousSignature.length) / 4;
  const at = out.begin(EVENT_KINDS.beacon, campaign, atMs, size);
  const { words } = out;
  words[at + BEACON.purpose] = purpose;
  words[at + BEACON.bytes] = signature.length | (previousSignature.length << 16);
  out.wide(at + BEACON.round, round);
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * at, 4 * size);
  bytes.set(randomness, 4 * BEACON.randomness);
  bytes.set(signature, 4 * BEACON.signatures);
  bytes.set(previousSignature, 4 * BEACON.signatures + signature.length);
}

/** Reads a beacon event; the arrays are views of its words. */
export function beaconOf(words: Uint32Array, at: number): BeaconValue & { purpose: number } {
  const size = words[at]! >>> 16;
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * at, 4 * size);
  const lengths = words[at + BEACON.bytes]!;
  const signed = 4 * BEACON.signatures;
  const previous = signed + (lengths & 0xffff);
  assert(previous + (lengths >>> 16) === 4 * size, "a beacon's signatures do not fit its words");
  return {
    purpose: words[at + BEACON.purpose]!,
    round: readWide(words, at + BEACON.round),
    randomness: bytes.subarray(4 * BEACON.randomness, signed),
    signature: bytes.subarray(signed, previous),
    previousSignature: bytes.subarray(previous),
  };
}

/** Notes the value of a promised round. */
export function takeBeacon(rounds: PromisedRound[], words: Uint32Array, at: number): void {
  const { purpose, round, randomness } = beaconOf(words, at);
  const promised = rounds.find((one) => one.purpose === purpose && one.round === round);
  assert(promised?.randomness === null, "a beacon's value for a round that nothing waits for");
  promised.randomness = toHex(randomness);
}
