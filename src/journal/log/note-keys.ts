// Keys that sign checkpoints, and whether a checkpoint is signed by one: the log's own Ed25519
// signature, or a witness's cosignature with its time. Portable: a browser can check both.
// https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature
import { ed25519 } from "@noble/curves/ed25519.js";
import { fromBase64, toBase64 } from "../../base/base64.ts";
import { concatBytes, sameBytes, toHex, utf8 } from "../../base/bytes.ts";
import {
  COSIGNATURE,
  ED25519,
  isName,
  type NoteSignature,
  noteKeyId,
  type SignedCheckpoint,
} from "./checkpoint.ts";

export interface VerifierKey {
  /** The signer's name; that of a log is the origin of its checkpoints. */
  name: string;
  /** ED25519 for a log, COSIGNATURE for a witness. */
  algorithm: number;
  publicKey: Uint8Array;
  keyId: Uint8Array;
  /** As people pass it on: name+id+key. */
  text: string;
}

/** Whether an Ed25519 signature (RFC 8032) over the message is right. */
export type VerifySignature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;

const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

export const portableVerify: VerifySignature = (publicKey, message, signature) => {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // A key or signature that is no point of the curve signs nothing.
  }
};

export function verifierKey(name: string, algorithm: number, publicKey: Uint8Array): VerifierKey {
  const keyId = noteKeyId(name, algorithm, publicKey);
  const encoded = toBase64(concatBytes(Uint8Array.of(algorithm), publicKey));
  return { name, algorithm, publicKey, keyId, text: `${name}+${toHex(keyId)}+${encoded}` };
}

/** A key as its owner publishes it (C2SP vkey), or null when it is none that this version knows. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  if (match === null || !isName(match[1]!)) return null;
  const bytes = fromBase64(match[3]!);
  if (bytes === null || bytes.length !== 1 + PUBLIC_KEY_BYTES) return null;
  const algorithm = bytes[0]!;
  if (algorithm !== ED25519 && algorithm !== COSIGNATURE) return null;
  const key = verifierKey(match[1]!, algorithm, bytes.slice(1));
  return toHex(key.keyId) === match[2] ? key : null;
}

/** What a witness signs: that it saw this checkpoint, and when. */
export function cosignedMessage(text: string, seconds: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/** A witness's signature as a note carries it: the time, big-endian, and the bytes. */
export function cosignature(
  key: VerifierKey,
  seconds: number,
  signature: Uint8Array,
): NoteSignature {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return { name: key.name, keyId: key.keyId, signature: concatBytes(time, signature) };
}

export interface Signed {
  by: VerifierKey;
  /** When a witness saw it; null for the log's own signature, which says no time. */
  atMs: number | null;
}

/**
 * Whether the key signed the checkpoint: null when it did not, "bad" when a signature in its name
 * is wrong, which only tampering explains.
 */
export function signedBy(
  note: SignedCheckpoint,
  key: VerifierKey,
  verify: VerifySignature = portableVerify,
): Signed | "bad" | null {
  const own = note.signatures.find(
    ({ name, keyId }) => name === key.name && sameBytes(keyId, key.keyId),
  );
  if (own === undefined) return null;
  if (key.algorithm === ED25519) {
    const isRight = verify(key.publicKey, utf8(note.text), own.signature);
    return isRight ? { by: key, atMs: null } : "bad";
  }
  if (own.signature.length !== TIME_BYTES + SIGNATURE_BYTES) return "bad";
  const view = new DataView(own.signature.buffer, own.signature.byteOffset, TIME_BYTES);
  const seconds = Number(view.getBigUint64(0));
  if (!Number.isSafeInteger(seconds * 1000)) return "bad";
  const message = cosignedMessage(note.text, seconds);
  const isRight = verify(key.publicKey, message, own.signature.subarray(TIME_BYTES));
  return isRight ? { by: key, atMs: seconds * 1000 } : "bad";
}
