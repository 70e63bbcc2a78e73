// What `hongbao/journal` offers: the port and its adapters, reading a directory, the record codec,
// and the log tree with which receipts and checkpoints are checked.
export {
  type Checkpoint,
  ED25519,
  formatCheckpoint,
  formatSignedNote,
  type NoteSignature,
  noteKeyId,
  parseCheckpoint,
  type SignedCheckpoint,
} from "./checkpoint.ts";
export {
  checkRecord,
  firstChain,
  type JournalRecord,
  leafBlinding,
  type RecordHeader,
  type Sha256,
  splitEvents,
} from "./codec.ts";
export type { JournalErrorCode } from "./damage.ts";
export {
  type DirectoryJournalOptions,
  nodeSha256,
  openDirectoryJournal,
} from "./directory-journal.ts";
export type { FileJournal } from "./file-journal.ts";
export type { RecoveryReport } from "./file-journal-options.ts";
export { type FollowedRecord, JournalFollower } from "./follow-directory.ts";
export { FLAG_EPOCH, FLAG_SEAL, FLAG_TOTALS, FORMAT_VERSION } from "./format.ts";
export { LogTree, leafHash, treeRoot, verifyConsistency, verifyInclusion } from "./log-tree.ts";
export { createMemoryJournal, type MemoryJournalOptions } from "./memory-journal.ts";
export type { AppendedRecord, Journal, RecordDraft } from "./port.ts";
export {
  type DirectoryReader,
  type ReadDirectoryOptions,
  readDirectory,
} from "./read-directory.ts";
export {
  disclosedHeader,
  eventLeaf,
  eventLeaves,
  recordLeaf,
  recordLeafOf,
} from "./record-leaf.ts";
export type { KnownRecord } from "./recovery.ts";
export { type VerifyOptions, type VerifyReport, verifyRecords } from "./verify.ts";
export type { CampaignReport } from "./verify-books.ts";
export type { VerifyCheck, VerifyProblem } from "./verify-findings.ts";
