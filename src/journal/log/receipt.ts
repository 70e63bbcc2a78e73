// A receipt: one event of the journal with the way from it to the root that a checkpoint signs.
// Whoever holds it and the log's public key can check it without a server, also in a browser.
// Form and limits; whether one is genuine is receipt-check.ts.
import { fromHex, toHex } from "../../base/bytes.ts";
import { AT, BLINDING_SEED_BYTES, CHAIN_BYTES } from "../format.ts";

const RECEIPT_FORMAT = "hongbao/receipt/1";
/** An event is at most 256 KiB, twice that in hex; with paths and checkpoints this is ample. */
const RECEIPT_BYTES_MAX = 1_048_576;
/** A tree of 2^53 leaves is no higher. */
const PATH_MAX = 53;
const ANNOUNCEMENTS_MAX = 100;

/** The names of what the event is about, as the server knows them. Nothing proves them. */
export interface ReceiptSubject {
  campaign: string;
  grant: string;
  /** The caller's id of the redemption; absent in a grant's receipt. */
  redemption?: string;
  currency: string;
  /** Decimals of the currency's minor unit. */
  decimals: number;
}

/** As it travels: bytes in hex. */
export interface Receipt {
  format: string;
  subject: ReceiptSubject;
  event: {
    /** The event's words, little-endian. */
    bytes: string;
    /** Place within its record, from 0. */
    index: number;
    blinding: string;
    path: string[];
  };
  record: {
    /** Bytes 0 to 119 of the record's header, with zeros for the blinding seed. */
    header: string;
    chain: string;
    path: string[];
  };
  /** A signed note, C2SP tlog-checkpoint. */
  checkpoint: string;
  /** Checkpoints that announced the log's later keys, oldest first. */
  announcements: string[];
}

/** A receipt's bytes, decoded. */
export interface ReceiptParts {
  subject: ReceiptSubject;
  event: Uint8Array;
  index: number;
  blinding: Uint8Array;
  eventPath: Uint8Array[];
  header: Uint8Array;
  chain: Uint8Array;
  recordPath: Uint8Array[];
  checkpoint: string;
  announcements: string[];
}

export function receiptOf(parts: ReceiptParts): Receipt {
  return {
    format: RECEIPT_FORMAT,
    subject: parts.subject,
    event: {
      bytes: toHex(parts.event),
      index: parts.index,
      blinding: toHex(parts.blinding),
      path: parts.eventPath.map(toHex),
    },
    record: {
      header: toHex(parts.header),
      chain: toHex(parts.chain),
      path: parts.recordPath.map(toHex),
    },
    checkpoint: parts.checkpoint,
    announcements: parts.announcements,
  };
}

/** The receipt in a file's bytes, or one line that says why there is none. */
export function readReceipt(bytes: Uint8Array): ReceiptParts | string {
  if (bytes.length === 0) return "expected a receipt, found an empty file";
  if (bytes.length > RECEIPT_BYTES_MAX) {
    return `expected a receipt of at most ${RECEIPT_BYTES_MAX} bytes, found ${bytes.length}`;
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return "expected JSON, found a cut or other file";
    return "expected UTF-8, found other bytes";
  }
  try {
    return partsOf(value);
  } catch (error) {
    if (error instanceof Misshapen) return error.message;
    throw error;
  }
}

/** Ends the reading of a receipt that has another shape. */
class Misshapen extends Error {
  override name = "Misshapen";
}

function partsOf(value: unknown): ReceiptParts {
  const receipt = objectOf(value, "$", FIELDS);
  if (receipt.format !== RECEIPT_FORMAT) throw expected("$.format", RECEIPT_FORMAT, receipt.format);
  const event = objectOf(receipt.event, "$.event", ["bytes", "index", "blinding", "path"]);
  const record = objectOf(receipt.record, "$.record", ["header", "chain", "path"]);
  const words = bytesOf(event.bytes, "$.event.bytes");
  if (words.length < 8 || words.length % 4 !== 0) {
    throw expected("$.event.bytes", "whole words", event.bytes);
  }
  return {
    subject: subjectOf(receipt.subject),
    event: words,
    index: countOf(event.index, "$.event.index"),
    blinding: bytesOf(event.blinding, "$.event.blinding", BLINDING_SEED_BYTES),
    eventPath: pathOf(event.path, "$.event.path"),
    header: bytesOf(record.header, "$.record.header", AT.headerCrc),
    chain: bytesOf(record.chain, "$.record.chain", CHAIN_BYTES),
    recordPath: pathOf(record.path, "$.record.path"),
    checkpoint: textOf(receipt.checkpoint, "$.checkpoint"),
    announcements: listOf(receipt.announcements, "$.announcements", ANNOUNCEMENTS_MAX, textOf),
  };
}

const FIELDS = ["format", "subject", "event", "record", "checkpoint", "announcements"];

function subjectOf(value: unknown): ReceiptSubject {
  const fields = ["campaign", "grant", "currency", "decimals"];
  const named = typeof value === "object" && value !== null && "redemption" in value;
  const subject = objectOf(value, "$.subject", named ? [...fields, "redemption"] : fields);
  const decimals = countOf(subject.decimals, "$.subject.decimals");
  if (decimals > 4) throw expected("$.subject.decimals", "0 to 4", decimals);
  return {
    campaign: textOf(subject.campaign, "$.subject.campaign"),
    grant: textOf(subject.grant, "$.subject.grant"),
    currency: textOf(subject.currency, "$.subject.currency"),
    decimals,
    ...(named ? { redemption: textOf(subject.redemption, "$.subject.redemption") } : {}),
  };
}

function objectOf(value: unknown, path: string, fields: string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw expected(path, "an object", value);
  }
  const object = value as Record<string, unknown>;
  const missing = fields.find((field) => !Object.hasOwn(object, field));
  if (missing !== undefined) throw expected(`${path}.${missing}`, "a value", undefined);
  const foreign = Object.keys(object).find((field) => !fields.includes(field));
  if (foreign !== undefined) throw expected(path, `only ${fields.join(", ")}`, foreign);
  return object;
}

function textOf(value: unknown, path: string): string {
  if (typeof value !== "string" || value === "") throw expected(path, "text", value);
  return value;
}

function countOf(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw expected(path, "a whole number", value);
  }
  return value;
}

function bytesOf(value: unknown, path: string, length?: number): Uint8Array {
  const bytes = typeof value === "string" ? fromHex(value) : null;
  if (bytes === null) throw expected(path, "hex digits", value);
  if (length !== undefined && bytes.length !== length) {
    throw expected(path, `${length} bytes`, `${bytes.length} bytes`);
  }
  return bytes;
}

function pathOf(value: unknown, path: string): Uint8Array[] {
  return listOf(value, path, PATH_MAX, (one, where) => bytesOf(one, where, CHAIN_BYTES));
}

function listOf<T>(
  value: unknown,
  path: string,
  most: number,
  read: (one: unknown, path: string) => T,
): T[] {
  if (!Array.isArray(value)) throw expected(path, "a list", value);
  if (value.length > most) throw expected(path, `at most ${most} entries`, value.length);
  return value.map((one, at) => read(one, `${path}[${at}]`));
}

function expected(path: string, what: string, found: unknown): Misshapen {
  const text = typeof found === "string" ? found : (JSON.stringify(found) ?? "nothing");
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new Misshapen(`${path}: expected ${what}, found ${shown}`);
}
