// Sums of cubed deviations from SQL, against the same by hand: they say how skewed numbers are.
import { afterAll, describe, expect, it } from "vitest";
import { addMoments, addPairMoments, type Moments, type PairMoments } from "../stats/index.ts";
import { reduceMoments } from "./reduce-moments.ts";
import { Warehouse } from "./warehouse.ts";

const warehouse = await Warehouse.open();
afterAll(() => warehouse.close());

const MADE = `CREATE TABLE made AS SELECT (i % 3)::VARCHAR AS arm, exp(3 * sin(i)) AS spend,
  (i * 7919 % 101) / 13.0 AS before, (i % 5)::DOUBLE AS orders FROM range(6000) AS r(i)`;

async function reduced(where?: string) {
  const values = [
    { id: "spend", sql: "spend", before: "before" },
    { id: "orders", sql: "orders" },
  ];
  const ratios = [{ id: "basket", above: "spend", below: "orders" }];
  const rest = where === undefined ? {} : { where };
  return reduceMoments(warehouse, {
    ...{ table: "made", arm: "arm", values, ratios, claimed: null, ...rest },
  });
}

describe("cubed deviations", () => {
  it("are those of the rows, of one number and of two", async () => {
    await warehouse.rows(MADE);
    const rows = await warehouse.rows("SELECT arm, spend, before, orders FROM made");
    for (const [arm, { outcomes, before, ratios }] of await reduced()) {
      const own = rows.filter((row) => row.arm === arm);
      const centred = (key: string): number[] => {
        const values = own.map((row) => Number(row[key]));
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        return values.map((value) => value - mean);
      };
      const [y, x, o] = [centred("spend"), centred("before"), centred("orders")];
      const sum = (...of: readonly (readonly number[])[]): number =>
        y.reduce((total, _, i) => total + of.reduce((product, each) => product * each[i]!, 1), 0);
      const size = sum(y, y, y);
      // Numbers are cubed with six digits of the largest: that is what the sum may be off by.
      const close = (found: number, byHand: number) =>
        expect(Math.abs(found - byHand)).toBeLessThan(1e-4 * Math.abs(size));
      close(outcomes.spend!.cubes!, size);
      expect(outcomes.orders!.cubes).toBeCloseTo(sum(o, o, o), 6);
      close(before!.spend!.cubes!.xxy, sum(x, x, y));
      close(before!.spend!.cubes!.xyy, sum(x, y, y));
      close(ratios!.basket!.cubes!.xxy, sum(y, y, o));
      close(ratios!.basket!.cubes!.xyy, sum(y, o, o));
    }
  });

  it("of parts add up to those of the whole", async () => {
    const [low, high] = [await reduced("spend < 2"), await reduced("spend >= 2")];
    for (const [arm, whole] of await reduced()) {
      const [a, b] = [low.get(arm)!, high.get(arm)!];
      const single: Moments = addMoments(a.outcomes.spend!, b.outcomes.spend!);
      expect(single.cubes! / whole.outcomes.spend!.cubes!).toBeCloseTo(1, 4);
      const pair: PairMoments = addPairMoments(a.before!.spend!, b.before!.spend!);
      for (const key of ["xxx", "xxy", "xyy", "yyy"] as const) {
        const off = pair.cubes![key] - whole.before!.spend!.cubes![key];
        expect(Math.abs(off)).toBeLessThan(1e-4 * whole.outcomes.spend!.cubes!);
      }
    }
  });
});
