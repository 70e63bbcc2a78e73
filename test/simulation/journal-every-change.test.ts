// One scenario that touches everything (creation, rotation, seal, head file, clean stop, opening
// with a cut) interrupted at every single change of the disk in turn: by power loss, by a failed
// operation and a killed process, and by both one after the other.
import { describe, expect, it } from "vitest";
import { HongbaoError } from "../../src/base/error.ts";
import { PowerLoss, SimulatedDisk } from "./disk.ts";
import { openSimulated, readAll, somePayload } from "./journal-life.ts";

const SMALL_SEGMENT = { segmentBytes: 32_768 };
const SEEDS = [1, 2, 3, 4, 5];

/** Runs the scenario as far as it goes and says how many records were acknowledged. */
async function scenario(disk: SimulatedDisk): Promise<number> {
  let acknowledged = 0;
  try {
    for (let life = 0; life < 2; life++) {
      const journal = await openSimulated(disk, SMALL_SEGMENT);
      acknowledged = Math.max(acknowledged, journal.lastSequence);
      while (journal.lastSequence < 6 * (life + 1)) {
        const n = journal.lastSequence + 1;
        const payload = somePayload(n, n % 3 === 0 ? 8000 : 700, n % 2 === 0);
        await journal.prepare(payload.length);
        const blindingSeed = new Uint8Array(16);
        await journal.append({ atMs: n, eventCount: 1, payload, blindingSeed });
        acknowledged = n;
        if (n % 4 === 0) await journal.writeHead();
        if (n === 5) await journal.seal();
      }
      acknowledged = journal.lastSequence;
      await journal.close();
    }
  } catch (error) {
    const expected = error instanceof PowerLoss || error instanceof HongbaoError;
    if (!expected) throw error;
    if (error instanceof HongbaoError) expect(error.code).toBe("journal_failed");
  }
  return acknowledged;
}

async function expectAll(
  disk: SimulatedDisk,
  acknowledged: number,
  what: string,
  most: number = acknowledged + 1,
): Promise<void> {
  const journal = await openSimulated(disk, SMALL_SEGMENT);
  const records = await readAll(journal);
  expect(records.length, what).toBeGreaterThanOrEqual(acknowledged);
  expect(records.length, what).toBeLessThanOrEqual(most);
  for (const { sequence: n, payload, eventCount } of records) {
    const same = payload.length === 0 || Buffer.compare(payload, original(n)) === 0;
    expect(same && payload.length > 0 === eventCount > 0, `${what}, record ${n}`).toBe(true);
  }
  await journal.close();
}

const original = (n: number): Uint8Array => somePayload(n, n % 3 === 0 ? 8000 : 700, n % 2 === 0);

async function changesOfScenario(): Promise<number> {
  const disk = new SimulatedDisk({ seed: 0 });
  await scenario(disk);
  return disk.changes;
}

describe("interrupted at every change", () => {
  it("the scenario rotates and stops cleanly when nothing interrupts it", async () => {
    const disk = new SimulatedDisk({ seed: 0 });
    expect(await scenario(disk)).toBeGreaterThanOrEqual(12);
    expect((await disk.list()).filter((name) => name.endsWith(".journal")).length).toBe(4);
    expect(await changesOfScenario()).toBeGreaterThan(60);
  });

  it("power lost", async () => {
    for (let change = 0, last = await changesOfScenario(); change < last; change++) {
      for (const seed of SEEDS) {
        const disk = new SimulatedDisk({ seed });
        disk.crashAtChange = change;
        const acknowledged = await scenario(disk);
        expect(disk.halted).toBe(true);
        disk.crash();
        await expectAll(disk, acknowledged, `power lost at change ${change}, seed ${seed}`);
      }
    }
  });

  it("an operation failed, the process died, and then power was lost", async () => {
    for (let change = 0, last = await changesOfScenario(); change < last; change++) {
      for (const seed of SEEDS) {
        const disk = new SimulatedDisk({ seed });
        disk.failAtChange = change;
        const acknowledged = await scenario(disk);
        const what = `failed at change ${change}, seed ${seed}`;
        disk.kill();
        await expectAll(disk, acknowledged, what);
        disk.crash();
        // The opening in between sealed behind a record that had arrived whole.
        await expectAll(disk, acknowledged, `${what}, then power lost`, acknowledged + 2);
      }
    }
  });

  it("power lost again at every change of the opening that follows", async () => {
    const last = await changesOfScenario();
    for (let change = 5; change < last; change += 3) {
      for (let again = 0; again < 14; again++) {
        const disk = new SimulatedDisk({ seed: change * 31 + again });
        disk.crashAtChange = change;
        const acknowledged = await scenario(disk);
        disk.crash();
        disk.crashAtChange = disk.changes + again;
        await openSimulated(disk, SMALL_SEGMENT).catch((error: unknown) => {
          expect(error).toMatchObject({ code: "journal_failed" });
        });
        disk.crash();
        await expectAll(disk, acknowledged, `power lost at ${change}, and at ${again} of opening`);
      }
    }
  });
});
