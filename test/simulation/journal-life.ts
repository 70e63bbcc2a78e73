// What tests of the journal on the simulated disk share: opening it as a process that knows its
// predecessor to be dead, and reading everything it holds.
import { createHash } from "node:crypto";
import type { JournalRecord, Sha256 } from "../../src/journal/codec.ts";
import type { FileJournal } from "../../src/journal/files/file-journal.ts";
import type { FileJournalOptions } from "../../src/journal/files/file-journal-options.ts";
import type { ProcessTable } from "../../src/journal/files/lock.ts";
import { openFileJournal } from "../../src/journal/files/open-file-journal.ts";
import type { SimulatedDisk } from "./disk.ts";

export const SEGMENT_BYTES = 65_536;

let locks = 0;

/** Every process before this one is dead. */
export const simulatedProcesses: ProcessTable = {
  self: () => ({
    bootId: "simulated",
    pidNamespace: "",
    pid: 1,
    startedAt: "",
    nonce: String(++locks),
  }),
  stateOf: () => "dead",
};

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const digest = hash.digest();
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length);
};

/** Opens the simulated disk's journal; the head file is written only when asked for. */
export function openSimulated(
  disk: SimulatedDisk,
  more: Partial<FileJournalOptions> = {},
): Promise<FileJournal> {
  return openFileJournal({
    disk,
    processes: simulatedProcesses,
    mintLedgerId: () => "simulated-ledger",
    segmentBytes: SEGMENT_BYTES,
    sha256,
    headEveryMs: 0,
    takeOver: true, // a crash may have emptied the lock file
    ...more,
  });
}

/** All records from a sequence on. */
export async function readAll(
  journal: { read(from?: number): AsyncIterable<JournalRecord> },
  from?: number,
): Promise<JournalRecord[]> {
  const records: JournalRecord[] = [];
  for await (const record of journal.read(from)) records.push(record);
  return records;
}

/** Bytes that tell their seed, none of them zero, unless `holes` asks for whole zero sectors. */
export function somePayload(seed: number, bytes: number, holes: boolean = false): Uint8Array {
  const payload = new Uint8Array(bytes - (bytes % 4));
  for (let i = 0; i < payload.length; i++) {
    payload[i] = holes && (i >> 10) % 2 === 1 ? 0 : 1 + ((seed * 31 + i * 7) % 255);
  }
  return payload;
}
