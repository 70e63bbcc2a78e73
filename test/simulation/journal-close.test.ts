// A journal closes its files only once nothing writes to them any more.
import { describe, expect, it } from "vitest";
import type { DiskFile } from "../../src/journal/files/disk.ts";
import { HEAD_FILE } from "../../src/journal/files/head.ts";
import { SimulatedDisk } from "./disk.ts";
import { openSimulated, somePayload } from "./journal-life.ts";

/** The disk's head file takes its time, and notes when it is closed under a write. */
class SlowHeadDisk extends SimulatedDisk {
  writing = 0;
  closedWhileWriting = false;
  release: () => void = () => {};
  isSlow = false;

  override async create(name: string): Promise<DiskFile> {
    const file = await super.create(name);
    if (name !== HEAD_FILE) return file;
    return {
      name,
      size: () => file.size(),
      read: (into, offset) => file.read(into, offset),
      write: (bytes, offset) => this.writeSlowly(file, bytes, offset),
      allocate: (bytes) => file.allocate(bytes),
      sync: () => file.sync(),
      close: async () => {
        if (this.writing > 0) this.closedWhileWriting = true;
        await file.close();
      },
    };
  }

  private async writeSlowly(file: DiskFile, bytes: Uint8Array, offset: number): Promise<number> {
    if (!this.isSlow) return file.write(bytes, offset);
    this.writing += 1;
    await new Promise<void>((resolve) => {
      this.release = resolve;
    });
    this.writing -= 1;
    return file.write(bytes, offset);
  }
}

const record = (atMs: number) => ({
  atMs,
  eventCount: 1,
  payload: somePayload(atMs, 64),
  blindingSeed: new Uint8Array(16),
});

describe("closing a journal", () => {
  it("waits for the head file that the timer is writing, also after a failure", async () => {
    const disk = new SlowHeadDisk({ seed: 1 });
    const journal = await openSimulated(disk);
    await journal.append(record(1));
    disk.isSlow = true;
    const headWritten = journal.writeHead();
    disk.faults = { writeFails: 1 };
    await expect(journal.append(record(2))).rejects.toMatchObject({ code: "journal_failed" });
    disk.faults = {};
    const closed = journal.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(disk.writing).toBe(1);
    disk.release();
    await headWritten;
    await closed;
    expect(disk.closedWhileWriting).toBe(false);
  });
});
