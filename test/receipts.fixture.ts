// A log over the records of a lived campaign, with keys of its own: what receipts, checkpoints and
// witnesses are tried on without a server.
import { payloadWords } from "../src/core/event-view.ts";
import { madeBy } from "../src/core/made-by.ts";
import {
  formatCheckpoint,
  formatSignedNote,
  type JournalRecord,
  LogTree,
  logOrigin,
  nodeSha256,
  type Receipt,
  recordLeaf,
} from "../src/journal/index.ts";
import { makeReceipt } from "../src/journal/log/make-receipt.ts";
import { NoteSigner } from "../src/transparency/note-signer.ts";
import { LEDGER } from "./verify/live-in-memory.ts";

export const ORIGIN: string = logOrigin(LEDGER);
export const SIGNER: NoteSigner = NoteSigner.ofLog(ORIGIN, new Uint8Array(32).fill(1));
export const NEXT_SIGNER: NoteSigner = NoteSigner.ofLog(ORIGIN, new Uint8Array(32).fill(2));
export const WITNESS: NoteSigner = NoteSigner.ofWitness(
  "witness.example/1",
  new Uint8Array(32).fill(3),
);

export function treeOf(records: readonly JournalRecord[]): LogTree {
  const tree = new LogTree(nodeSha256);
  for (const record of records) tree.append(recordLeaf(record, nodeSha256));
  return tree;
}

/** A checkpoint of the first `size` records, signed by each of the signers. */
export function checkpointOf(
  tree: LogTree,
  size: number,
  signers: readonly NoteSigner[] = [SIGNER],
  extensions: string[] = [],
  origin: string = ORIGIN,
): string {
  const text = formatCheckpoint({ origin, size, root: tree.root(size), extensions });
  return formatSignedNote(
    text,
    signers.map((signer) => signer.sign(text)),
  );
}

export function cosigned(note: string, witness: NoteSigner, atMs: number): string {
  const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
  const line = formatSignedNote(text, [witness.cosign(text, atMs)]).slice(text.length + 1);
  return note + line;
}

/** Where a grant or redemption was made, in a record of several events if there is one. */
export function findMade(
  records: readonly JournalRecord[],
  what: "grant" | "redemption",
): { record: JournalRecord; index: number; grant: number; campaign: number } {
  const longestFirst = [...records].sort((a, b) => b.eventCount - a.eventCount);
  for (const record of longestFirst) {
    const words = payloadWords(record.payload);
    let index = 0;
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      const made = madeBy(words, at).find((one) => one.what === what);
      const campaign = words[at + 1]! >>> 16;
      if (made !== undefined) return { record, index, grant: made.grant, campaign };
      index += 1;
    }
  }
  throw new Error(`no ${what} among the records`);
}

/** An id as the server gives it: 40 bits of ordinal, and letters that only it can check. */
function grantIdOf(ordinal: number): string {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  let digits = "";
  for (let rest = ordinal, i = 0; i < 8; i++, rest = Math.floor(rest / 32)) {
    digits = letters[rest % 32]! + digits;
  }
  return `${digits}${"z".repeat(12)}`;
}

export function receiptFor(
  records: readonly JournalRecord[],
  what: "grant" | "redemption",
  checkpoint: string,
  announcements: string[] = [],
): Receipt {
  const { record, index, grant } = findMade(records, what);
  const size = Number(checkpoint.split("\n")[1]);
  const subject = {
    campaign: "spring",
    grant: grantIdOf(grant),
    ...(what === "redemption" ? { redemption: "r-1" } : {}),
    currency: "EUR",
    decimals: 2,
  };
  const tree = treeOf(records);
  return makeReceipt({ record, index, tree, size, checkpoint, announcements, subject }, nodeSha256);
}
