// Makes a receipt from the record that holds the event and the tree that holds the record.
import { type JournalRecord, leafBlinding, type Sha256, splitEvents } from "../codec.ts";
import { LogTree } from "./log-tree.ts";
import { type Receipt, type ReceiptSubject, receiptOf } from "./receipt.ts";
import { disclosedHeader, eventLeaves } from "./record-leaf.ts";

export interface ReceiptSource {
  record: JournalRecord;
  /** Place of the event within the record, from 0. */
  index: number;
  /** With at least the records that the checkpoint covers. */
  tree: LogTree;
  /** Records that the checkpoint covers. */
  size: number;
  /** The signed note. */
  checkpoint: string;
  announcements: string[];
  subject: ReceiptSubject;
}

/** The event, its own blinding value, and hashes: nothing of the events beside it. */
export function makeReceipt(source: ReceiptSource, sha256: Sha256): Receipt {
  const { record, index, tree, size, checkpoint, announcements, subject } = source;
  const inRecord = new LogTree(sha256);
  for (const leaf of eventLeaves(record, sha256)) inRecord.append(leaf);
  return receiptOf({
    subject,
    event: splitEvents(record.payload)[index]!,
    index,
    blinding: leafBlinding(record.blindingSeed, index, sha256),
    eventPath: inRecord.inclusionProof(index),
    header: disclosedHeader(record.header),
    chain: record.chain,
    recordPath: tree.inclusionProof(record.sequence - 1, size),
    checkpoint,
    announcements,
  });
}
