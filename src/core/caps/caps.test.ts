import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHUNK_ROWS } from "../tables/columns.ts";
import { cap, DEFINITION } from "../unit-campaign.fixture.ts";
import { Cap, CapSet, capApplies } from "./caps.ts";

const capOf = (more: Partial<Parameters<typeof cap>[0]> = {}): Cap =>
  new Cap(0, cap({ id: "c", limit: 3, ...more }), ["device", "shop"]);

describe("the cells of a cap", () => {
  it("hold what was added to each", () => {
    const one = capOf();
    one.add(5, 0, 2);
    one.add(5, 0, 1);
    one.add(6, 0, 1);
    expect([4, 5, 6].map((row) => one.used(row, 0))).toEqual([0, 3, 1]);
  });

  it("are empty in a new window", () => {
    const one = capOf({ per: "day" });
    one.add(0, 3, 2);
    expect([one.used(0, 3), one.used(0, 4)]).toEqual([2, 0]);
    one.add(0, 4, 1);
    expect([one.used(0, 3), one.used(0, 4)]).toEqual([0, 1]);
  });

  it("take nothing for a window that has closed", () => {
    const one = capOf({ per: "day" });
    one.add(0, 3, 2);
    one.add(0, 4, 1);
    one.add(0, 3, -2);
    expect(one.used(0, 4)).toBe(1);
  });

  it("are empty in a new window also in chunks that it has not touched", () => {
    const one = capOf({ per: "day" });
    one.add(0, 1, 1);
    one.add(CHUNK_ROWS, 1, 1);
    one.add(0, 2, 1);
    expect(one.used(CHUNK_ROWS, 2)).toBe(0);
    one.add(CHUNK_ROWS, 2, 1);
    expect(one.used(CHUNK_ROWS, 2)).toBe(1);
  });

  it("agree with a Map of windows and rows", () => {
    const steps = fc.array(
      fc.record({ row: fc.nat(2 * CHUNK_ROWS), ahead: fc.nat(1), delta: fc.nat(2 ** 33) }),
    );
    fc.assert(
      fc.property(steps, (list) => {
        const one = capOf({ per: "minute" });
        const model = new Map<string, number>();
        let window = 0;
        for (const { row, ahead, delta } of list) {
          window += ahead;
          one.add(row, window, delta);
          const key = `${window}/${row}`;
          model.set(key, (model.get(key) ?? 0) + delta);
          expect(one.used(row, window)).toBe(model.get(key));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("that stand above the limit or below zero are violations", () => {
    const one = capOf();
    one.add(1, 0, 3);
    expect(one.violations()).toEqual([]);
    one.add(1, 0, 1);
    expect(one.violations()).toEqual(["cap c, cell 1: 4 of 3"]);
  });
});

describe("a cap", () => {
  it("counts by what its dimension names", () => {
    const names = ["campaign", "wave", "offer", "user", "wave:all", "offer:card", "device"];
    expect(names.map((dimension) => capOf({ dimension }).dimension)).toEqual([
      "single",
      "wave",
      "offer",
      "user",
      "single",
      "single",
      "attribute",
    ]);
  });

  it("on an attribute that nobody declared is a bug", () => {
    expect(() => capOf({ dimension: "moon" })).toThrow("declared attribute");
  });

  it("of one wave or offer concerns its claims alone", () => {
    const applies = (dimension: string, offer: number) =>
      capApplies(cap({ id: "c", dimension }), DEFINITION, offer);
    expect([applies("offer:card", 0), applies("offer:card", 1)]).toEqual([true, false]);
    expect([applies("wave:all", 0), applies("wave:late", 0)]).toEqual([true, false]);
    expect(applies("user", 1)).toBe(true);
  });
});

describe("a set of caps", () => {
  it("knows which attributes are counted, and which are shared when missing", () => {
    const set = new CapSet([
      capOf({ dimension: "shop", missing: "shared" }),
      capOf({ dimension: "device" }),
      capOf({ dimension: "user" }),
    ]);
    expect([set.counted, set.shared]).toEqual([0b11, 0b10]);
  });
});
