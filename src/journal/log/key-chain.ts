// Keys rotate: a checkpoint that names the next key, signed by the old key and by the next one, is
// how a log announces it. Whoever trusts the first key follows the announcements to the present.
import type { SignedCheckpoint } from "./checkpoint.ts";
import {
  parseVerifierKey,
  portableVerify,
  type Signed,
  signedBy,
  type VerifierKey,
  type VerifySignature,
} from "./note-keys.ts";

const NEXT_KEY = "next-key ";

/** The extension line with which a checkpoint announces its log's next key. */
export function nextKeyLine(key: VerifierKey): string {
  return NEXT_KEY + key.text;
}

/** The key that a checkpoint announces, or null. */
export function announcedKey({ checkpoint }: SignedCheckpoint): VerifierKey | null {
  const line = checkpoint.extensions.find((one) => one.startsWith(NEXT_KEY));
  const key = line === undefined ? null : parseVerifierKey(line.slice(NEXT_KEY.length));
  return key?.name === checkpoint.origin ? key : null;
}

/** Whether old and next key both signed: the old vouches, the next shows that it is held. */
function isAnnouncement(
  note: SignedCheckpoint,
  trusted: readonly VerifierKey[],
  next: VerifierKey,
  verify: VerifySignature,
): boolean {
  const isTrusted = trusted.some((key) => isSigned(signedBy(note, key, verify)));
  return isTrusted && isSigned(signedBy(note, next, verify));
}

/** The first key and all that announcements, in their order, lead to from it. */
export function followKeys(
  first: VerifierKey,
  announcements: readonly SignedCheckpoint[],
  verify: VerifySignature = portableVerify,
): VerifierKey[] {
  const trusted = [first];
  for (const note of announcements) {
    const next = announcedKey(note);
    if (next === null || trusted.some(({ text }) => text === next.text)) continue;
    if (note.checkpoint.origin !== first.name) continue;
    if (isAnnouncement(note, trusted, next, verify)) trusted.push(next);
  }
  return trusted;
}

/** The first of the keys that signed; "bad" when a signature in the name of one is wrong. */
export function signedByOne(
  note: SignedCheckpoint,
  keys: readonly VerifierKey[],
  verify: VerifySignature = portableVerify,
): Signed | "bad" | null {
  let found: Signed | null = null;
  for (const key of keys) {
    const signed = signedBy(note, key, verify);
    if (signed === "bad") return "bad";
    found ??= signed;
  }
  return found;
}

function isSigned(signed: Signed | "bad" | null): boolean {
  return signed !== null && signed !== "bad";
}

/** What stands behind each note in a file that keeps many: two empty lines. */
export const NOTE_END = "\n\n";

/** Notes one after the other; what is cut off at the end is left out. */
export function splitNotes(text: string): string[] {
  const parts = text.split(`\n${NOTE_END}`);
  const last = parts.pop()!;
  const notes = parts.map((part) => `${part}\n`);
  return last.endsWith("\n") ? [...notes, last] : notes;
}
