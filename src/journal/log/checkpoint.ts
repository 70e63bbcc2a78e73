// Checkpoints of the log as text: C2SP tlog-checkpoint inside a C2SP signed note, with room for the
// cosignatures of witnesses. Signing itself is the caller's; https://c2sp.org/tlog-checkpoint
import { assert } from "../../base/assert.ts";
import { fromBase64, toBase64 } from "../../base/base64.ts";
import { concatBytes, utf8 } from "../../base/bytes.ts";
import { sha256 } from "../../base/hash.ts";
import { CHAIN_BYTES } from "../format.ts";

export interface Checkpoint {
  /** Names the log for ever, without a scheme: "hongbao.example/ledger". */
  origin: string;
  size: number;
  root: Uint8Array;
  extensions: string[];
}

export interface NoteSignature {
  /** The signer's name: no spaces, no plus. */
  name: string;
  /** First four bytes of the hash of name and key. */
  keyId: Uint8Array;
  signature: Uint8Array;
}

export interface SignedCheckpoint {
  checkpoint: Checkpoint;
  /** What is signed: the note's text with its last newline. */
  text: string;
  signatures: NoteSignature[];
}

/** Algorithm byte of Ed25519 in a key id. */
export const ED25519 = 1;
/** That of a witness's cosignature with its time, also by Ed25519. */
export const COSIGNATURE = 4;

/** A checkpoint is a few hundred bytes; more than this is something else. */
const CHECKPOINT_BYTES_MAX = 65_536;
const SIGNATURES_MAX = 64;

/** The note's text: origin, size, root, extensions, each with a newline. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint;
  assert(isLine(origin), "an origin of one line expected");
  assert(Number.isSafeInteger(size) && size >= 0, `a size expected, got ${size}`);
  assert(root.length === CHAIN_BYTES, "a root of 32 bytes expected");
  assert(extensions.every(isLine), "extensions of one line each expected");
  return `${[origin, String(size), toBase64(root), ...extensions].join("\n")}\n`;
}

/** The text with its signatures, as it is published. */
export function formatSignedNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    assert(isName(name) && keyId.length === 4, "a signer's name and a key id of 4 bytes expected");
    return `— ${name} ${toBase64(concatBytes(keyId, signature))}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** What a published checkpoint says, or null when it is not one. Signatures are not verified. */
export function parseCheckpoint(note: string): SignedCheckpoint | null {
  if (note.length > CHECKPOINT_BYTES_MAX) return null;
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) return null;
  const text = note.slice(0, split + 1);
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(split + 2, -1).split("\n")) {
    const signature = parseSignature(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  const [origin, size, encodedRoot, ...extensions] = text.slice(0, -1).split("\n");
  const root = fromBase64(encodedRoot ?? "");
  if (origin === undefined || !isLine(origin) || !/^(0|[1-9]\d{0,15})$/.test(size ?? "")) {
    return null;
  }
  if (root === null || root.length !== CHAIN_BYTES || !extensions.every(isLine)) return null;
  const count = Number(size);
  if (!Number.isSafeInteger(count)) return null;
  if (signatures.length > SIGNATURES_MAX) return null;
  return { checkpoint: { origin, size: count, root, extensions }, text, signatures };
}

/** SHA-256 (name ‖ newline ‖ algorithm ‖ public key), first four bytes. */
export function noteKeyId(name: string, algorithm: number, publicKey: Uint8Array): Uint8Array {
  return sha256(utf8(`${name}\n`), Uint8Array.of(algorithm), publicKey).slice(0, 4);
}

function parseSignature(line: string): NoteSignature | null {
  const [dash, name, encoded, ...rest] = line.split(" ");
  const bytes = fromBase64(encoded ?? "");
  if (dash !== "—" || name === undefined || !isName(name) || rest.length > 0) return null;
  if (bytes === null || bytes.length < 5) return null;
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function isLine(text: string): boolean {
  return text.length > 0 && !/[\u0000-\u001f\u007f]/.test(text);
}

export function isName(text: string): boolean {
  return isLine(text) && !/[\s+]/.test(text);
}
