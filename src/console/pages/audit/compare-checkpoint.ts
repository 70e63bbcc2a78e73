// Whether the log of now extends a checkpoint that somebody kept, and whether that is one at all: a
// text that no key of the log signed says nothing about the log, whatever it holds.
import { fromBase64 } from "../../../base/base64.ts";
import { ED25519, parseCheckpoint } from "../../../journal/log/checkpoint.ts";
import { signedByOne } from "../../../journal/log/key-chain.ts";
import { verifyConsistency } from "../../../journal/log/log-tree.ts";
import { parseVerifierKey } from "../../../journal/log/note-keys.ts";
import { client } from "../../client.ts";
import { ToldError } from "../../parts/told-error.ts";
import { shownTexts } from "../../shown-text.ts";

export type Compared =
  | { word: "audit.extends" | "audit.forked" | "audit.ahead"; old: number; size: number }
  | { word: "audit.noCheckpoint" | "audit.unsigned" }
  | { word: "audit.otherLog"; origin: string };

/** What is asked: the text that was kept, and the key with it, if any was. */
export interface Kept {
  readonly text: string;
  readonly key: string;
}

/**
 * Asks for hashes and public keys alone; that the hashes lead from one root to the other is worked
 * out here.
 */
export async function compareCheckpoint({ text, key }: Kept): Promise<Compared> {
  const kept = parseCheckpoint(`${text.trim()}\n`);
  if (kept === null) return { word: "audit.noCheckpoint" };
  const older = kept.checkpoint;
  const newer = parseCheckpoint((await client.checkpoint.show()).note)!.checkpoint;
  if (older.origin !== newer.origin) {
    return { word: "audit.otherLog", origin: shownTexts(older.origin) };
  }
  const { log } = await client.server.status();
  const texts = key.trim() === "" ? (log?.keys ?? []) : [key.trim()];
  const keys = texts.map((one) => parseVerifierKey(one));
  if (!keys.every((one) => one !== null)) throw new ToldError("audit.noKey");
  // A witness's key says who has seen it, and not whose it is.
  const ofLog = keys.filter(({ name, algorithm }) => {
    return name === older.origin && algorithm === ED25519;
  });
  const signed = signedByOne(kept, ofLog);
  if (signed === null || signed === "bad") return { word: "audit.unsigned" };
  const sizes = { old: older.size, size: newer.size };
  if (older.size > newer.size) return { word: "audit.ahead", ...sizes };
  const asked = { old: String(older.size), size: String(newer.size) };
  const { proof } = await client.checkpoint.consistency(asked);
  const hashes = proof.map((hash) => fromBase64(hash) ?? new Uint8Array(0));
  const claim = { oldSize: older.size, oldRoot: older.root, size: newer.size, root: newer.root };
  const extended = verifyConsistency(claim, hashes);
  return { word: extended ? "audit.extends" : "audit.forked", ...sizes };
}
