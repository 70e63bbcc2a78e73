// Whether a receipt is genuine, and what it then states: the event's words hash with their blinding
// value up to the root of their record, the record up to the root of the log, and a trusted key
// signed that root. Nothing is asked of anybody.
import { fromBase32, sameBytes } from "../../base/bytes.ts";
import { sha256 as portableSha256 } from "../../base/hash.ts";
import { REHEARSAL_MARK } from "../../core/definition.ts";
import { type EventKind, eventKindName, HEAD, REHEARSED } from "../../core/event.ts";
import { payloadWords } from "../../core/event-view.ts";
import { madeBy } from "../../core/made-by.ts";
import type { Sha256 } from "../codec.ts";
import { AT, FORMAT_VERSION, RECORD_MAGIC } from "../format.ts";
import { readU64 } from "../u64.ts";
import { COSIGNATURE, parseCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { followKeys, signedByOne } from "./key-chain.ts";
import { inclusionRoot } from "./log-tree.ts";
import {
  portableVerify,
  type Signed,
  signedBy,
  type VerifierKey,
  type VerifySignature,
} from "./note-keys.ts";
import { type ReceiptParts, readReceipt } from "./receipt.ts";
import { eventLeaf, recordLeafOf } from "./record-leaf.ts";

export interface ReceiptTrust {
  /** The log's key, or an earlier one of it. */
  key: VerifierKey;
  /** Witnesses that must have cosigned. */
  witnesses?: readonly VerifierKey[];
  sha256?: Sha256;
  verify?: VerifySignature;
}

/** What a genuine receipt proves, besides names that the file only says. */
export interface ReceiptFacts {
  parts: ReceiptParts;
  /** The log's name. */
  origin: string;
  /** Records that the checkpoint covers. */
  size: number;
  sequence: number;
  recordAtMs: number;
  /** When the event was decided, by the operator's clock. */
  atMs: number;
  kind: EventKind;
  /** Ordinal of the campaign in the ledger. */
  campaign: number;
  grant: number;
  /** Ordinal of the redemption; -1 in a grant's receipt. */
  redemption: number;
  amountMinor: number;
  /** Ordinal of the offer; -1 in a redemption's receipt. */
  offer: number;
  signedBy: Signed;
  /** The checkpoint is signed by a later key that the trusted one announced. */
  isRotated: boolean;
  witnesses: Signed[];
  /** The grant is one of a rehearsal: it was never money. */
  rehearsal: boolean;
}

/** The facts, or one line that says why the file proves nothing. */
export function checkReceipt(bytes: Uint8Array, trust: ReceiptTrust): ReceiptFacts | string {
  const parts = readReceipt(bytes);
  if (typeof parts === "string") return parts;
  const note = parseCheckpoint(parts.checkpoint);
  if (note === null) return "$.checkpoint: expected a signed checkpoint, found other text";
  const signed = signatureOf(note, parts, trust);
  if (typeof signed === "string") return signed;
  const witnesses = witnessesOf(note, trust);
  if (typeof witnesses === "string") return witnesses;
  const record = recordOf(parts, note.checkpoint.size);
  if (typeof record === "string") return record;
  const wrong = pathFault(parts, note, record, trust.sha256 ?? portableSha256);
  if (wrong !== null) return wrong;
  const event = eventOf(parts, record.atMs);
  if (typeof event === "string") return event;
  return {
    parts,
    origin: note.checkpoint.origin,
    size: note.checkpoint.size,
    sequence: record.sequence,
    recordAtMs: record.atMs,
    ...event,
    signedBy: signed,
    isRotated: signed.by.text !== trust.key.text,
    witnesses,
  };
}

function signatureOf(
  note: SignedCheckpoint,
  { announcements }: ReceiptParts,
  { key, verify = portableVerify }: ReceiptTrust,
): Signed | string {
  const { origin } = note.checkpoint;
  if (origin !== key.name) {
    return `the checkpoint is of the log ${origin}, the key of ${key.name}: another ledger`;
  }
  const known = announcements.flatMap((one) => parseCheckpoint(one) ?? []);
  const signed = signedByOne(note, followKeys(key, known, verify), verify);
  if (signed === "bad") return "the checkpoint's signature is wrong: its text was changed";
  if (signed !== null) return signed;
  return "the checkpoint is not signed by the given key, nor by one that it announced";
}

function witnessesOf(
  note: SignedCheckpoint,
  { witnesses = [], verify = portableVerify }: ReceiptTrust,
): Signed[] | string {
  const found: Signed[] = [];
  for (const key of witnesses) {
    if (key.algorithm !== COSIGNATURE) return `the key of ${key.name} is not one of a witness`;
    const signed = signedBy(note, key, verify);
    if (signed === null) return `the witness ${key.name} did not cosign the checkpoint`;
    if (signed === "bad") return `the cosignature of the witness ${key.name} is wrong`;
    found.push(signed);
  }
  return found;
}

interface RecordFacts {
  sequence: number;
  atMs: number;
  events: number;
}

function recordOf({ header, index }: ReceiptParts, size: number): RecordFacts | string {
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  const isHeader =
    sameBytes(header.subarray(AT.magic, RECORD_MAGIC.length), RECORD_MAGIC) &&
    view.getUint16(AT.formatVersion, true) === FORMAT_VERSION;
  if (!isHeader) return "$.record.header: expected a record's header of a known version";
  const sequence = readU64(view, AT.sequence);
  const events = view.getUint32(AT.eventCount, true);
  if (sequence < 1 || sequence > size) {
    return `the event stands in record ${sequence}, the checkpoint covers records 1 to ${size}`;
  }
  if (index < events) return { sequence, atMs: readU64(view, AT.atMs), events };
  return `$.event.index: record ${sequence} has ${events} events, found index ${index}`;
}

function pathFault(
  parts: ReceiptParts,
  note: SignedCheckpoint,
  record: RecordFacts,
  sha256: Sha256,
): string | null {
  const leaf = eventLeaf(parts.blinding, parts.event, sha256);
  const place = { leaf, index: parts.index, size: record.events };
  const eventsRoot = inclusionRoot(place, parts.eventPath, sha256);
  if (eventsRoot === null) {
    return `$.event.path: no path to event ${parts.index} of ${record.events} has this length`;
  }
  const { size, root } = note.checkpoint;
  const ofRecord = recordLeafOf(parts.header, parts.chain, eventsRoot, sha256);
  const inLog = { leaf: ofRecord, index: record.sequence - 1, size };
  const found = inclusionRoot(inLog, parts.recordPath, sha256);
  if (found === null) {
    return `$.record.path: no path to record ${record.sequence} of ${size} has this length`;
  }
  if (sameBytes(found, root)) return null;
  return "it does not lead to the signed root: event, blinding, record or a path was changed";
}

type EventFacts = Pick<
  ReceiptFacts,
  "atMs" | "kind" | "campaign" | "grant" | "redemption" | "amountMinor" | "offer" | "rehearsal"
>;

function eventOf({ event, subject }: ReceiptParts, recordAtMs: number): EventFacts | string {
  const words = payloadWords(event);
  if (words[HEAD.kind]! >>> 16 !== words.length) return "$.event.bytes: not one whole event";
  const kind = eventKindName(words[HEAD.kind]! & 0xff);
  if (kind === undefined) return "the event is of a kind that a newer version writes";
  const asked = subject.redemption === undefined ? "grant" : "redemption";
  const ordinal = ordinalOf(subject.grant);
  if (ordinal === null) return "$.subject.grant: expected a grant's id, found other text";
  const made = madeBy(words, 0).find((one) => one.what === asked && one.grant === ordinal);
  if (made === undefined) {
    const what = asked === "grant" ? "grants" : "redeems";
    return `the event (${kind}) is genuine, but it is not what ${what} ${subject.grant}`;
  }
  const time = words[HEAD.time]!;
  const { grant, redemption, amountMinor, offer } = made;
  const atMs = recordAtMs + (time & 0xffff);
  const rehearsal = kind === "granted" && ((words[HEAD.kind]! >>> 8) & REHEARSED) !== 0;
  const campaign = time >>> 16;
  return { atMs, kind, campaign, grant, redemption, amountMinor, offer, rehearsal };
}

/** A grant's id begins with its ordinal, 40 bits in base32; what follows only the server checks. */
function ordinalOf(grant: string): number | null {
  const id = grant.startsWith(REHEARSAL_MARK) ? grant.slice(REHEARSAL_MARK.length) : grant;
  const bytes = fromBase32(id.slice(0, 8));
  if (id.length !== 20 || bytes === null || bytes[0] !== 0) return null;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
}
