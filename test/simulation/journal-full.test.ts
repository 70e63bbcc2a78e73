// What opening does, and says, where the disk has no room left.
import { describe, expect, it } from "vitest";
import type { ProcessTable } from "../../src/journal/files/lock.ts";
import { SPARE_FILE } from "../../src/journal/files/segments.ts";
import { SimulatedDisk } from "./disk.ts";
import { openSimulated, SEGMENT_BYTES, simulatedProcesses } from "./journal-life.ts";

describe("a journal that is opened on a full disk", () => {
  async function killedOnFullDisk(): Promise<SimulatedDisk> {
    const disk = new SimulatedDisk({ seed: 1 });
    await openSimulated(disk);
    await expect.poll(async () => (await disk.list()).includes(SPARE_FILE)).toBe(true);
    await expect.poll(() => disk.content(SPARE_FILE).length).toBe(SEGMENT_BYTES);
    disk.kill();
    disk.capacityBytes = disk.usedBytes();
    return disk;
  }

  it("gives up the spare segment of a killed writer for its lock", async () => {
    const journal = await openSimulated(await killedOnFullDisk());
    expect(journal.lastSequence).toBe(0);
    await journal.close();
  });

  it("leaves the spare segment of a writer that may still run", async () => {
    const disk = await killedOnFullDisk();
    const processes: ProcessTable = { ...simulatedProcesses, stateOf: () => "unknown" };
    const refused = openSimulated(disk, { processes, takeOver: false });
    await expect(refused).rejects.toMatchObject({ code: "disk_full" });
    expect(await disk.list()).toContain(SPARE_FILE);
  });

  it("says what lacks room, and that nothing goes on", async () => {
    const disk = await killedOnFullDisk();
    await disk.remove(SPARE_FILE);
    disk.capacityBytes = disk.usedBytes();
    const message = expect.stringMatching(
      /the disk is full, and opening the journal writes a lock/,
    );
    await expect(openSimulated(disk)).rejects.toMatchObject({ code: "disk_full", message });
  });

  it("says how much a new journal needs", async () => {
    const disk = new SimulatedDisk({ seed: 1, capacityBytes: SEGMENT_BYTES });
    const message = expect.stringContaining(`no room for the next ${SEGMENT_BYTES} bytes`);
    await expect(openSimulated(disk)).rejects.toMatchObject({ code: "disk_full", message });
  });
});
