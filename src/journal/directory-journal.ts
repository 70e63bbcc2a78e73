// The file journal on this machine's disk: what the host and the command line open.
import { createHash, randomUUID } from "node:crypto";
import type { HongbaoError } from "../base/error.ts";
import type { Sha256 } from "./codec.ts";
import type { FileJournal } from "./file-journal.ts";
import { openNodeDisk } from "./node-disk.ts";
import { openFileJournal } from "./open-file-journal.ts";
import { nodeProcessTable } from "./process-table.ts";
import type { KnownRecord } from "./recovery.ts";

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

/** SHA-256 by OpenSSL, several times quicker than in JavaScript. */
export const nodeSha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const digest = hash.digest();
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
};

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
