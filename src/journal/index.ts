// What `hongbao/journal` offers: the port and its adapters, reading a directory, the record codec,
// and the log tree with which receipts and checkpoints are checked.

export {
  checkRecord,
  firstChain,
  type JournalRecord,
  leafBlinding,
  type RecordHeader,
  type Sha256,
  splitEvents,
} from "./codec.ts";
export type { JournalErrorCode } from "./files/damage.ts";
export {
  type DirectoryJournalOptions,
  nodeSha256,
  openDirectoryJournal,
} from "./files/directory-journal.ts";
export type { FileJournal } from "./files/file-journal.ts";
export type { RecoveryReport } from "./files/file-journal-options.ts";
export { type FollowedRecord, JournalFollower } from "./files/follow-directory.ts";
export {
  type DirectoryReader,
  type ReadDirectoryOptions,
  readDirectory,
} from "./files/read-directory.ts";
export type { KnownRecord } from "./files/recovery-input.ts";
export { FLAG_EPOCH, FLAG_SEAL, FLAG_TOTALS, FORMAT_VERSION } from "./format.ts";
export {
  type Checkpoint,
  COSIGNATURE,
  ED25519,
  formatCheckpoint,
  formatSignedNote,
  type NoteSignature,
  noteKeyId,
  parseCheckpoint,
  type SignedCheckpoint,
} from "./log/checkpoint.ts";
export {
  announcedKey,
  followKeys,
  NOTE_END,
  nextKeyLine,
  signedByOne,
  splitNotes,
} from "./log/key-chain.ts";
export { LogFrontier } from "./log/log-frontier.ts";
export {
  formatLogHead,
  knownOfLog,
  LOG_ANNOUNCEMENTS_FILE,
  LOG_CHECKPOINTS_FILE,
  LOG_HEAD_FILE,
  LOG_KEYS_FILE,
  type LogHead,
  lastCheckpoint,
  parseLogHead,
} from "./log/log-head.ts";
export { logOrigin } from "./log/log-origin.ts";
export {
  inclusionRoot,
  LogTree,
  leafHash,
  type TreeHashes,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from "./log/log-tree.ts";
export {
  cosignature,
  cosignedMessage,
  parseVerifierKey,
  portableVerify,
  type Signed,
  signedBy,
  type VerifierKey,
  type VerifySignature,
  verifierKey,
} from "./log/note-keys.ts";
export {
  type Receipt,
  type ReceiptParts,
  type ReceiptSubject,
  readReceipt,
  receiptOf,
} from "./log/receipt.ts";
export { checkReceipt, type ReceiptFacts, type ReceiptTrust } from "./log/receipt-check.ts";
export {
  disclosedHeader,
  eventLeaf,
  eventLeaves,
  recordLeaf,
  recordLeafOf,
} from "./log/record-leaf.ts";
export { createMemoryJournal, type MemoryJournalOptions } from "./memory-journal.ts";
export type { AppendedRecord, Journal, RecordDraft } from "./port.ts";
export type { CampaignReport } from "./verify/books.ts";
export {
  type CheckpointOptions,
  type CheckpointsReport,
  type GivenCheckpoint,
  signedUpTo,
} from "./verify/checkpoints.ts";
export type { VerifyCheck, VerifyProblem } from "./verify/findings.ts";
export { type VerifyOptions, type VerifyReport, verifyRecords } from "./verify/verify.ts";
