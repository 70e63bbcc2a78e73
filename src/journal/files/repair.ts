// The writing half of opening: after the journal's end was found and nothing was refused, cut bytes
// are kept beside, and all that is not known to be on the disk is written and synced again.
import type { Disk, DiskFile } from "./disk.ts";
import { readFully, writeFully } from "./disk.ts";
import type { JournalEnd } from "./recovery.ts";
import type { Segment } from "./segments.ts";
import { SPARE_FILE, writeSeal } from "./segments.ts";

export interface CutReport {
  file: string;
  offset: number;
  bytes: number;
  /** The file beside it that holds what was cut. */
  keptAs: string;
}

/** More than any record that a writer may have been writing when it ended. */
const REWRITTEN_ZERO_BYTES = 2 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Makes the directory ready for writing and returns the last segment, open. */
export async function repair(
  disk: Disk,
  segments: Segment[],
  end: JournalEnd,
): Promise<{ file: DiskFile; cut: CutReport | null }> {
  const names = await disk.list();
  if (names.includes(SPARE_FILE)) await disk.remove(SPARE_FILE);
  await disk.syncDirectory();
  if (end.resealed !== null) {
    const previous = await disk.open(segments.at(-2)!.name);
    await writeSeal(disk, previous, end.resealed);
    await previous.close();
  }
  const last = segments.at(-1)!;
  const file = await disk.open(last.name);
  const cut = end.cutEnd === null ? null : await keepCutBytes(disk, file, end, names);
  const segmentBytes = last.header.segmentBytes;
  const zeroEnd = Math.max(end.cutEnd ?? 0, end.offset + REWRITTEN_ZERO_BYTES);
  await copyOver(file, end.unprovenOffset, end.offset);
  await writeZeros(file, end.offset, Math.min(segmentBytes, zeroEnd));
  if (!disk.durable) await file.sync();
  return { file, cut };
}

async function keepCutBytes(
  disk: Disk,
  file: DiskFile,
  end: JournalEnd,
  names: string[],
): Promise<CutReport> {
  const bytes = new Uint8Array(end.cutEnd! - end.offset);
  await readFully(file, bytes, end.offset);
  let number = 1;
  while (names.includes(`${file.name}.cut-${number}`)) number += 1;
  const keptAs = `${file.name}.cut-${number}`;
  const kept = await disk.create(keptAs);
  await kept.allocate(bytes.length); // meets a full disk before anything is cut
  await writeFully(kept, bytes, 0);
  await kept.sync();
  await kept.close();
  await disk.syncDirectory();
  return { file: file.name, offset: end.offset, bytes: bytes.length, keptAs };
}

/** Writes what is there over itself: pages marked clean by a failed sync become dirty again. */
async function copyOver(file: DiskFile, start: number, end: number): Promise<void> {
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - start));
  for (let at = start; at < end; at += chunk.length) {
    const part = chunk.subarray(0, Math.min(chunk.length, end - at));
    await readFully(file, part, at);
    await writeFully(file, part, at);
  }
}

async function writeZeros(file: DiskFile, start: number, end: number): Promise<void> {
  const zeros = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(0, end - start)));
  for (let at = start; at < end; at += zeros.length) {
    await writeFully(file, zeros.subarray(0, Math.min(zeros.length, end - at)), at);
  }
}
