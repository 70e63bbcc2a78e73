// How the log and the disk under it are: asked in the log's thread, so that no slow disk holds up
// the writer.
import { readdirSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import { publicKeys } from "./signing-keys.ts";
import type { LogPlace, TransparencyLog } from "./transparency-log.ts";

export interface LogStatus {
  origin: string | null;
  /** Records that the log has taken in, and that its last checkpoint covers. */
  records: number;
  signed: number;
  /** Its public keys, oldest first, as people pass them on. */
  keys: string[];
  /** Bytes of the journal's files, and what the disk has. */
  journalBytes: number;
  diskFreeBytes: number;
  diskBytes: number;
}

export async function logStatus(
  { journal, log: folder }: LogPlace,
  log: TransparencyLog | null,
): Promise<LogStatus> {
  const disk = statfsSync(journal);
  const keys = await publicKeys(folder);
  return {
    origin: keys.at(-1)?.name ?? null,
    records: log?.size ?? 0,
    signed: log?.published?.checkpoint.size ?? 0,
    keys: keys.map(({ text }) => text),
    journalBytes: bytesIn(journal),
    diskFreeBytes: disk.bavail * disk.bsize,
    diskBytes: disk.blocks * disk.bsize,
  };
}

function bytesIn(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    // A spare segment may get its name in between.
    bytes += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
