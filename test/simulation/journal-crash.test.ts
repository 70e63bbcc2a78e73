// The journal's promises under crashes, faults and flipped bits, thousands of times. One seed
// again: HONGBAO_JOURNAL_SEED=n npx vitest run test/simulation/journal-crash.test.ts
import { describe, expect, it } from "vitest";
import { SimulatedDisk } from "./disk.ts";
import { BrokenPromise, runJournalSchedule } from "./journal-schedule.ts";

const one = process.env.HONGBAO_JOURNAL_SEED;
const count = Number(process.env.HONGBAO_JOURNAL_SEEDS ?? 2000);
const seeds = one === undefined ? Array.from({ length: count }, (_, n) => n + 1) : [Number(one)];

/** A disk that says "durable" and leaves everything to the page cache. */
class LyingDisk extends SimulatedDisk {
  override flush(): void {}
}

describe("the journal on a disk that fails", () => {
  it("keeps what it acknowledged, and nothing that was not appended", async () => {
    const seen = new Map<string, number>();
    const add = (what: string, n: number) => seen.set(what, (seen.get(what) ?? 0) + n);
    for (const seed of seeds) {
      const result = await runJournalSchedule(seed);
      add("acknowledged", result.acknowledged);
      add("crashes", result.crashes);
      add("cuts", result.cuts);
      for (const code of result.failures) add(code, 1);
    }
    if (one !== undefined) return;
    for (const what of ["acknowledged", "crashes", "cuts", "journal_failed", "disk_full"]) {
      expect(seen.get(what) ?? 0, `never met: ${what}`).toBeGreaterThan(seeds.length / 100);
    }
  });

  it("refuses or survives any flipped bit, and never cuts silently because of one", async () => {
    const refusals = new Map<string, number>();
    for (const seed of seeds) {
      const result = await runJournalSchedule(seed, { flipBit: true });
      for (const code of result.refusals) refusals.set(code, (refusals.get(code) ?? 0) + 1);
    }
    if (one !== undefined) return;
    expect(refusals.get("journal_bit_flip") ?? 0).toBeGreaterThan(seeds.length / 50);
    expect(refusals.get("journal_damaged") ?? 0).toBeGreaterThan(seeds.length / 50);
  });

  it("control: a disk that lies about syncs is found out within 20 seeds", async () => {
    const lying = (seed: number) => new LyingDisk({ seed });
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) {
      await runJournalSchedule(seed, { disk: lying }).catch((error: unknown) => {
        if (!(error instanceof BrokenPromise)) throw error;
        found += 1;
      });
    }
    expect(found).toBeGreaterThan(0);
  });
});
