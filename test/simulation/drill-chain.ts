// A chain of drand whose secret is known, so that drills can have the value of any round.
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { toHex, utf8 } from "../../src/base/bytes.ts";
import type { DrandChain } from "../../src/base/drand.ts";
import { sha256 } from "../../src/base/hash.ts";
import type { BeaconInput } from "../../src/contract/schema/beacon.ts";

const SECRET = sha256(utf8("a chain for drills"));
const { shortSignatures } = bls12_381;
const G1_TAG = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** The chain as it would publish itself, of any beginning. */
export function drillChain(genesisAtMs: number, periodMs = 3000): DrandChain {
  return {
    hash: toHex(sha256(SECRET)),
    publicKey: shortSignatures.getPublicKey(SECRET).toHex(),
    scheme: "bls-unchained-g1-rfc9380",
    genesisAtMs,
    periodMs,
  };
}

const signed = new Map<number, BeaconInput>();

/** What the chain for drills publishes for a round. */
export function drillRound(round: number): BeaconInput {
  const known = signed.get(round);
  if (known !== undefined) return known;
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(round));
  const point = shortSignatures.sign(shortSignatures.hash(sha256(number), G1_TAG), SECRET);
  const signature = shortSignatures.Signature.toBytes(point);
  const value = { round, randomness: toHex(sha256(signature)), signature: toHex(signature) };
  signed.set(round, value);
  return value;
}
