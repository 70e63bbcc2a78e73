// Whether a value is the one that a chain of drand published for a round: a BLS signature of the
// round's number, checked with the chain's public key by @noble/curves. That takes some tens of
// milliseconds, and many campaigns and draws promise the same round: the values last found genuine
// are remembered.
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { fromHex, toHex } from "./bytes.ts";
import { type DrandChain, drandBytes } from "./drand.ts";
import { sha256 } from "./hash.ts";

export interface DrandValue {
  round: number;
  signature: Uint8Array;
  /** Of the round before; empty where rounds are not chained. */
  previousSignature: Uint8Array;
}

/** Hash-to-curve tags, RFC 9380 section 8.8. */
const G1_TAG = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const G2_TAG = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";

type SigningChain = Pick<DrandChain, "publicKey" | "scheme">;

const REMEMBERED = 256;
/** Names of the values last found genuine, the oldest first. */
const genuine = new Set<string>();

/** True when the chain signed this value for this round. Never throws, whatever the bytes. */
export function isSignedByDrand(chain: SigningChain, value: DrandValue): boolean {
  const { round, signature, previousSignature } = value;
  const bytes = `${toHex(signature)} ${toHex(previousSignature)}`;
  const name = `${chain.scheme} ${chain.publicKey} ${round} ${bytes}`;
  if (genuine.has(name)) return true;
  if (!verifies(chain, value)) return false;
  if (genuine.size === REMEMBERED) genuine.delete(genuine.values().next().value!);
  genuine.add(name);
  return true;
}

function verifies(
  { publicKey, scheme }: SigningChain,
  { round, signature, previousSignature }: DrandValue,
): boolean {
  const isChained = scheme === "pedersen-bls-chained";
  if (signature.length !== drandBytes(scheme).signature) return false;
  if (!isChained && previousSignature.length > 0) return false;
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(round));
  const message = sha256(previousSignature, number);
  try {
    const key = fromHex(publicKey)!;
    const { longSignatures, shortSignatures } = bls12_381;
    return isChained
      ? longSignatures.verify(signature, longSignatures.hash(message, G2_TAG), key)
      : shortSignatures.verify(signature, shortSignatures.hash(message, G1_TAG), key);
  } catch {
    return false; // Bytes that are no point of the curve: the library says so by throwing.
  }
}

/** The random value of a round is the hash of its signature. */
export function drandRandomness(signature: Uint8Array): Uint8Array {
  return sha256(signature);
}
