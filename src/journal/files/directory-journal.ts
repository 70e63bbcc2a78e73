// The file journal on this machine's disk: what the host and the command line open.
import { createHash, hash, randomUUID } from "node:crypto";
import type { HongbaoError } from "../../base/error.ts";
import type { Sha256 } from "../codec.ts";
import type { FileJournal } from "./file-journal.ts";
import { openNodeDisk } from "./node-disk.ts";
import { openFileJournal } from "./open-file-journal.ts";
import { nodeProcessTable } from "./process-table.ts";
import type { KnownRecord } from "./recovery-input.ts";

export interface DirectoryJournalOptions {
  directory: string;
  /** Expected of an existing journal, given to a new one; a new one gets a random id without. */
  ledgerId?: string;
  /** False leaves records to the page cache, and `journal.durable` says so. */
  durable?: boolean;
  segmentBytes?: number;
  takeOver?: boolean;
  acceptBitFlip?: boolean;
  known?: KnownRecord[];
  onFailure?: (error: HongbaoError) => void;
}

/** What is shorter is copied together and hashed in one call, which costs half as much. */
const ONE_CALL_BYTES = 4096;
const together = new Uint8Array(ONE_CALL_BYTES);

/** SHA-256 by OpenSSL, several times quicker than in JavaScript. */
export const nodeSha256: Sha256 = (...parts) => {
  let bytes = 0;
  for (const part of parts) bytes += part.length;
  return bytes <= ONE_CALL_BYTES ? hashTogether(parts) : hashInTurn(parts);
};

function hashTogether(parts: readonly Uint8Array[]): Uint8Array {
  let at = 0;
  for (const part of parts) {
    together.set(part, at);
    at += part.length;
  }
  const digest = hash("sha256", together.subarray(0, at), "buffer");
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
}

function hashInTurn(parts: readonly Uint8Array[]): Uint8Array {
  const inTurn = createHash("sha256");
  for (const part of parts) inTurn.update(part);
  const digest = inTurn.digest();
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
}

/** Opens or creates the journal in a directory of a local file system. */
export async function openDirectoryJournal(options: DirectoryJournalOptions): Promise<FileJournal> {
  const { directory, durable = true, ...rest } = options;
  const disk = await openNodeDisk({ directory, durable });
  return await openFileJournal({
    ...rest,
    disk,
    processes: nodeProcessTable,
    mintLedgerId: randomUUID,
    sha256: nodeSha256,
  });
}
