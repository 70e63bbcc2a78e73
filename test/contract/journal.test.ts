// One suite for every journal behind the port: what the host relies on.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDirectoryJournal } from "../../src/journal/files/directory-journal.ts";
import { FLAG_EPOCH, FLAG_SEAL, FLAG_TOTALS } from "../../src/journal/format.ts";
import { createMemoryJournal } from "../../src/journal/memory-journal.ts";
import type { Journal, RecordDraft } from "../../src/journal/port.ts";
import { SimulatedDisk } from "../simulation/disk.ts";
import { openSimulated, readAll, SEGMENT_BYTES, somePayload } from "../simulation/journal-life.ts";

interface Adapter {
  name: string;
  keeps: boolean;
  durable: boolean;
  /** A new place; each call of the result opens the journal there. */
  place(): () => Promise<Journal>;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

function onFiles(durable: boolean): () => () => Promise<Journal> {
  return () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "hongbao-journal-"));
    folders.push(directory);
    return () => openDirectoryJournal({ directory, durable, segmentBytes: SEGMENT_BYTES });
  };
}

const adapters: Adapter[] = [
  {
    name: "memory",
    keeps: false,
    durable: false,
    place: () => async () => createMemoryJournal({ ledgerId: "ledger-1" }),
  },
  { name: "files", keeps: true, durable: true, place: onFiles(true) },
  { name: "files without durability", keeps: true, durable: false, place: onFiles(false) },
  {
    name: "files on the simulated disk",
    keeps: true,
    durable: true,
    place: () => {
      const disk = new SimulatedDisk({ seed: 1, faults: { writesShort: 0.2 } });
      return () => openSimulated(disk);
    },
  },
];

function draft(n: number, bytes: number): RecordDraft {
  const blindingSeed = new Uint8Array(16).fill(n);
  return { atMs: 1000 + n, eventCount: 1, payload: somePayload(n, bytes), blindingSeed };
}

for (const adapter of adapters) {
  describe(`journal on ${adapter.name}`, () => {
    it("starts empty, and says whether it is durable", async () => {
      const journal = await adapter.place()();
      expect(journal.lastSequence).toBe(0);
      expect(journal.lastAtMs).toBe(0);
      expect(journal.lastChain).toHaveLength(32);
      expect(journal.writerEpoch).toBe(1);
      expect(journal.durable).toBe(adapter.durable);
      expect(await readAll(journal)).toEqual([]);
      await journal.close();
    });

    it("gives back what was appended, in order and unchanged", async () => {
      const journal = await adapter.place()();
      const sizes = [4, 168, 4096, 12, 30_000, 3924, 3928, 3932, 20_000, 40_000, 8];
      for (const [index, bytes] of sizes.entries()) {
        await journal.prepare(bytes);
        const appended = await journal.append(draft(index, bytes));
        expect(appended.sequence).toBe(index + 1);
        expect(journal.lastSequence).toBe(index + 1);
        expect(journal.lastChain).toEqual(appended.chain);
      }
      const records = await readAll(journal);
      expect(records).toHaveLength(sizes.length);
      let previousChain = records[0]!.previousChain;
      for (const [index, record] of records.entries()) {
        expect(record.sequence).toBe(index + 1);
        expect(record.atMs).toBe(1000 + index);
        expect(record.eventCount).toBe(1);
        expect(record.payload).toEqual(somePayload(index, sizes[index]!));
        expect(record.blindingSeed).toEqual(new Uint8Array(16).fill(index));
        expect(record.previousChain).toEqual(previousChain);
        previousChain = record.chain;
      }
      expect(previousChain).toEqual(journal.lastChain);
      await journal.close();
    });

    it("reads from a sequence on, while more is appended", async () => {
      const journal = await adapter.place()();
      for (let n = 1; n <= 9; n++) await journal.append(draft(n, 12_000));
      const reading = journal.read(5)[Symbol.asyncIterator]();
      const first = await reading.next();
      expect(first.value.sequence).toBe(5);
      await journal.append(draft(10, 12_000));
      const rest: number[] = [];
      for (let step = await reading.next(); !step.done; step = await reading.next()) {
        rest.push(step.value.sequence);
      }
      expect(rest).toEqual([6, 7, 8, 9]);
      expect(await readAll(journal, 11)).toEqual([]);
      await journal.close();
    });

    it("leaves the payload to its caller once the append has resolved", async () => {
      const journal = await adapter.place()();
      const reused = new Uint8Array(400);
      for (let n = 1; n <= 3; n++) {
        reused.fill(n);
        await journal.append({ ...draft(n, 4), payload: reused });
      }
      const payloads = (await readAll(journal)).map(({ payload }) => payload[399]);
      expect(payloads).toEqual([1, 2, 3]);
      await journal.close();
    });

    it("marks the epoch's first record and records with totals", async () => {
      const journal = await adapter.place()();
      await journal.append(draft(1, 8));
      await journal.append({ ...draft(2, 8), totals: true });
      const flags = (await readAll(journal)).map((record) => record.flags);
      expect(flags).toEqual([FLAG_EPOCH, FLAG_TOTALS]);
      await journal.close();
    });

    it("seals with an empty record at the last record's time, and only once", async () => {
      const journal = await adapter.place()();
      await journal.seal();
      expect(journal.lastSequence).toBe(0);
      await journal.append(draft(1, 8));
      await journal.seal();
      await journal.seal();
      expect(journal.lastSequence).toBe(2);
      const last = (await readAll(journal))[1]!;
      expect([last.eventCount, last.payloadBytes, last.flags]).toEqual([0, 0, FLAG_SEAL]);
      expect(last.atMs).toBe(1001);
      await journal.close();
    });

    it("prepares room while a record is being appended, up to the largest payload", async () => {
      const journal = await adapter.place()();
      const bytes = Math.min(journal.maxPayloadBytes, 60_000) & ~3;
      const appends: Promise<unknown>[] = [];
      for (let n = 1; n <= 12; n++) {
        const size = n % 3 === 0 ? bytes : 9000;
        await journal.prepare(size);
        await appends.at(-1);
        appends.push(journal.append(draft(n, size)));
      }
      await Promise.all([...appends, journal.prepare(bytes), journal.prepare(8)]);
      expect((await readAll(journal)).map(({ sequence }) => sequence)).toHaveLength(12);
      await journal.close();
    });

    it("refuses time that runs back, as a bug of its caller", async () => {
      const journal = await adapter.place()();
      await journal.append(draft(5, 8));
      await expect(journal.append(draft(4, 8))).rejects.toThrow("time runs back");
      await journal.close();
    });

    it("can be closed twice, and is then closed", async () => {
      const journal = await adapter.place()();
      await journal.append(draft(1, 8));
      await journal.close();
      await journal.close();
      await expect(journal.append(draft(2, 8))).rejects.toMatchObject({ code: "journal_closed" });
      await expect(journal.prepare(8)).rejects.toMatchObject({ code: "journal_closed" });
      await expect(journal.seal()).rejects.toMatchObject({ code: "journal_closed" });
    });

    it("goes on after it was closed, in a new epoch", async ({ skip }) => {
      if (!adapter.keeps) skip("what this adapter holds ends with it");
      const open = adapter.place();
      let journal = await open();
      const { ledgerId } = journal;
      for (let n = 1; n <= 20; n++) await journal.append(draft(n, 9000));
      const before = await readAll(journal);
      await journal.close();
      journal = await open();
      expect(journal.ledgerId).toBe(ledgerId);
      expect(journal.lastSequence).toBe(21);
      expect(journal.lastAtMs).toBe(1020);
      expect(journal.writerEpoch).toBe(2);
      await journal.append(draft(21, 9000));
      const after = await readAll(journal);
      expect(after.slice(0, 20)).toEqual(before);
      expect(after.slice(20).map((record) => record.writerEpoch)).toEqual([1, 2]);
      expect(after[21]!.flags).toBe(FLAG_EPOCH);
      await journal.close();
    });
  });
}
